import type { Profile } from '../profile.js';
import { errors } from './mastodon.errors.js';
import { mastodonKinds } from './mastodon.kinds.js';
import { mastodonLimits } from './mastodon.limits.js';
import { video } from '../samples.js';
import { webFaults } from './web-faults.js';

export const profile: Profile = {
  simulator: { rateLimits: false, maxCharacters: 500, maxPollOptions: 4 },
  newAccount: (control, no) => control.createAccount('mastodon', { username: `person${no}` }),
  // Nothing to renew: going through the consent page once more gives a new token.
  renewAccount: (_control, account) => account,
  connect: ({ id, credentials }) => ({
    method: 'oauth',
    fields: { instance: credentials['instance'] ?? '' },
    person: id,
  }),
  postIdOf: ({ postId }) => postId,
  kinds: mastodonKinds,
  limits: mastodonLimits,
  faults: webFaults(true),
  rateLimit: {
    arm: (control, now, count = 1) => {
      control.addFault({
        platform: 'mastodon',
        visible: true,
        count,
        action: {
          kind: 'status',
          status: 429,
          headers: { 'X-RateLimit-Reset': new Date(now.getTime() + 90_000).toISOString() },
          body: { error: 'Too many requests' },
        },
      });
      return 90_000;
    },
  },
  auth: [
    {
      name: 'access expired',
      end: (control, account) => control.endTokens('mastodon', account, 'expire'),
      then: 'expired',
    },
    {
      name: 'access revoked',
      end: (control, account) => control.endTokens('mastodon', account, 'revoke'),
      then: 'expired',
    },
  ],
  refusal: 422,
  errors,
  deletion: { operation: 'statuses.delete' },
  metrics: { operation: 'statuses.read', values: { likes: 0, reposts: 0, comments: 0 } },
  longest: {
    draft: { text: 'With a clip', media: [video(7)] },
    operations: ['media.create', 'statuses.create'],
  },
  several: {
    draft: { text: 'Part one', thread: [{ text: 'Part two' }, { text: 'Part three' }] },
    texts: ['Part one', 'Part two', 'Part three'],
  },
};
