import type { Profile } from '../profile.js';
import { image, video } from '../samples.js';
import { tumblrErrorSamples } from './tumblr.errors.js';
import { tumblrKinds } from './tumblr.kinds.js';
import { tumblrLimits } from './tumblr.limits.js';
import { webFaults } from './web-faults.js';

export const profile: Profile = {
  simulator: {
    ...{ readLagMs: 0, transcodingMs: 4_000, transcodingFails: false, transcodingCode: 8010 },
    // One day of all tests together.
    ...{ rateLimits: false, postingDisabled: false, likes: 0, reblogs: 0, replies: 0 },
  },
  newAccount: (control, no) => control.createAccount('tumblr', { name: `person-${no}` }),
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect: ({ id }) => ({ method: 'oauth', fields: {}, person: id }),
  postIdOf: ({ postId }) => postId,
  kinds: tumblrKinds,
  limits: tumblrLimits,
  faults: webFaults(true),
  rateLimit: {
    arm: (control, _now, count = 1) => {
      control.addFault({
        platform: 'tumblr',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 429,
          headers: {
            'x-ratelimit-perhour-limit': '1000',
            'x-ratelimit-perhour-remaining': '0',
            'x-ratelimit-perhour-reset': '90',
          },
          body: { meta: { status: 429, msg: 'Limit Exceeded' }, response: [] },
        },
      });
      return 90_000;
    },
  },
  auth: [
    {
      name: 'access expired',
      end: (control, account) => {
        control.endTokens('tumblr', account, 'expire');
      },
      then: 'renewed',
    },
    {
      name: 'access revoked',
      end: (control, account) => {
        control.endTokens('tumblr', account, 'revoke');
      },
      then: 'expired',
    },
  ],
  lateCalls: 'beyond_telling',
  refusal: 400,
  several: null,
  deletion: { operation: 'posts.delete' },
  metrics: {
    operation: 'posts.notes',
    prepare: (control) => {
      control.configure('tumblr', { likes: 5, reblogs: 2, replies: 1 });
    },
    values: { likes: 5, reposts: 2, engagements: 8 },
  },
  errors: tumblrErrorSamples,
  longest: {
    draft: { text: 'A picture and a clip', media: [image(9, 'Nine'), video(9)] },
    operations: ['posts.create', 'posts.read'],
  },
};
