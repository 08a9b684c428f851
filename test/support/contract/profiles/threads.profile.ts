import type { Profile } from '../profile.js';
import { image } from '../samples.js';
import { threadsErrorSamples } from './threads.errors.js';
import { threadsKinds } from './threads.kinds.js';
import { threadsLimits } from './threads.limits.js';
import { webFaults } from './web-faults.js';

const dayMs = 24 * 60 * 60_000;
const figures = { views: 120, likes: 7, replies: 3, reposts: 2, quotes: 1, shares: 4 };

export const profile: Profile = {
  simulator: {
    ...{ textMs: 0, imageMs: 0, videoMs: 4_000, readLagMs: 0, replyLagMs: 0, publishRaces: 0 },
    ...{ forgetsContainers: false, forbiddenTopic: '', refusesLinkCards: false, mediaFailure: '' },
  },
  newAccount: (control, no) => control.createAccount('threads', { username: `person${no}`, geoGating: true }),
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect: ({ id }) => ({ method: 'oauth', fields: {}, person: id }),
  postIdOf: ({ postId }) => postId,
  kinds: threadsKinds,
  limits: threadsLimits,
  faults: webFaults(true),
  rateLimit: {
    arm: (control, _now, count = 1) => {
      const usage = { 1: [{ type: 'threads', call_count: 100, estimated_time_to_regain_access: 7 }] };
      control.addFault({
        platform: 'threads',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 403,
          headers: { 'x-business-use-case-usage': JSON.stringify(usage) },
          body: { error: { message: 'Application request limit reached', type: 'OAuthException', code: 4 } },
        },
      });
      return 7 * 60_000;
    },
  },
  auth: [
    {
      // A token can be renewed once it is a day old, and only while it lives.
      name: 'access refused of a token that is a day old',
      end: (control) => {
        control.advanceClock(dayMs);
        control.addFault({
          platform: 'threads',
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
    {
      name: 'access expired',
      end: (control, account) => {
        control.endTokens('threads', account, 'expire');
      },
      then: 'expired',
    },
    {
      name: 'access revoked',
      end: (control, account) => {
        control.endTokens('threads', account, 'revoke');
      },
      then: 'expired',
    },
  ],
  refusal: 400,
  several: {
    draft: { text: 'Part one', thread: [{ text: 'Part two' }, { text: 'Part three' }] },
    texts: ['Part one', 'Part two', 'Part three'],
  },
  deletion: { operation: 'threads.delete' },
  metrics: {
    operation: 'insights.read',
    prepare: (control) => {
      control.configure('threads', { insights: figures });
    },
    values: { views: 120, likes: 7, comments: 3, reposts: 2, quotes: 1, shares: 4 },
  },
  errors: threadsErrorSamples,
  longest: {
    draft: { text: 'Two pictures', media: [image(1), image(2)] },
    operations: ['containers.create', 'containers.read', 'threads.publish'],
  },
};
