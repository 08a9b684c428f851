import type { PlatformAccount, SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';
import type { ConnectInput, Profile } from '../profile.js';
import { uprightVideo } from '../samples.js';
import { instagramErrorSamples } from './instagram.errors.js';
import { instagramKinds } from './instagram.kinds.js';
import { instagramLimits } from './instagram.limits.js';
import { photo } from './instagram.samples.js';
import { webFaults } from './web-faults.js';

/** The platform says minutes. */
const regainMinutes = 3;
const dayMs = 24 * 60 * 60_000;

export const profile: Profile = {
  simulator: {
    ...{ imageMs: 0, videoMs: 4_000, carouselMs: 0, readLagMs: 0, publishRaces: 0, trialReels: true },
    ...{ containerQuota: 100_000, publishQuota: 100_000 },
  },
  newAccount: (control, no) => control.createAccount('instagram', { username: `person${no}` }),
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect: ({ id }) => ({ method: 'oauth', fields: { login: 'facebook' }, person: id }),
  plain: (text) => ({ text, media: [photo(1)] }),
  postIdOf: ({ postId }) => postId,
  kinds: instagramKinds,
  limits: instagramLimits,
  faults: webFaults(true),
  rateLimit: {
    arm: (control, _now, count = 1) => {
      const usage = {
        '1': [{ type: 'instagram', call_count: 100, estimated_time_to_regain_access: regainMinutes }],
      };
      control.addFault({
        platform: 'instagram',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 400,
          headers: { 'x-business-use-case-usage': JSON.stringify(usage) },
          body: {
            error: { message: 'Application request limit reached', type: 'OAuthException', code: 80002 },
          },
        },
      });
      return regainMinutes * 60_000;
    },
  },
  auth: [
    { name: 'access of a page expired', end: end('expire'), then: 'expired' },
    { name: 'access of a page revoked', end: end('revoke'), then: 'expired' },
    {
      // A token can be renewed once it is a day old, and only while it lives.
      name: 'access refused of a token that is a day old',
      connect: byInstagram,
      end: (control) => {
        control.advanceClock(dayMs);
        control.addFault({
          platform: 'instagram',
          operation: 'containers.create',
          count: 1,
          action: {
            kind: 'status',
            status: 401,
            body: { error: { message: 'Invalid', type: 'OAuthException', code: 190, error_subcode: 463 } },
          },
        });
      },
      then: 'renewed',
    },
    { name: 'access expired', connect: byInstagram, end: end('expire'), then: 'expired' },
  ],
  refusal: 400,
  several: {
    draft: { text: 'The post', media: [photo(2)], settings: { firstComment: 'The comment' } },
    texts: ['The post', 'The comment'],
  },
  deletion: { operation: 'media.delete' },
  metrics: {
    operation: 'insights.read',
    prepare: (control) => {
      control.configure('instagram', {
        insights: {
          views: 120,
          reach: 90,
          likes: 7,
          comments: 3,
          shares: 4,
          saved: 5,
          total_interactions: 19,
        },
      });
    },
    values: { views: 120, reach: 90, likes: 7, comments: 3, shares: 4, saves: 5, engagements: 19 },
  },
  errors: instagramErrorSamples,
  longest: {
    draft: { text: 'The longest way', media: [uprightVideo(9)] },
    operations: ['containers.create', 'containers.upload', 'containers.read', 'media.publish', 'media.read'],
  },
};

function byInstagram({ id }: PlatformAccount): ConnectInput {
  return { method: 'oauth', fields: { login: 'instagram' }, person: id };
}

function end(action: 'expire' | 'revoke') {
  return (control: SandboxControl, account: string): void => {
    control.endTokens('instagram', account, action);
  };
}
