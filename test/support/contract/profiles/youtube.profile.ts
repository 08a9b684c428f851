import type { SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';
import type { Profile } from '../profile.js';
import { image, video } from '../samples.js';
import { webFaults } from './web-faults.js';
import { errors } from './youtube.errors.js';
import { largeVideo } from './youtube.samples.js';
import { kinds } from './youtube.kinds.js';
import { limits } from './youtube.limits.js';

const figures = { views: 120, likes: 7 };

export const profile: Profile = {
  simulator: { readLagMs: 0, processingPolls: 0, insertsPerDay: 100_000, unitsPerDay: 1_000_000 },
  newAccount: (control, no) =>
    control.createAccount('youtube', { name: `Channel ${no}`, handle: `@channel${no}` }),
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect: ({ id }) => ({ method: 'oauth', fields: {}, person: id }),
  postIdOf: ({ postId }) => postId,
  plain: (text) => ({ text, media: [video()] }),
  kinds,
  limits,
  faults: webFaults(true),
  // The short limit, which says nothing of when it ends; those of the day are tested with the reading of answers.
  rateLimit: {
    arm: (control, _now, count = 1) => {
      const message = 'The request cannot be completed.';
      const errors = [{ domain: 'usageLimits', reason: 'userRateLimitExceeded', message }];
      const body = { error: { code: 429, message, errors } };
      control.addFault({
        platform: 'youtube',
        operation: 'videos.open',
        count,
        action: { kind: 'status', status: 429, body },
      });
      return 2 * 60_000;
    },
  },
  auth: [
    { name: 'access expired', end: end('expire'), then: 'renewed' },
    { name: 'access revoked', end: end('revoke'), then: 'expired' },
  ],
  refusal: 403,
  several: {
    draft: { text: 'The video', media: [video()], settings: { firstComment: 'The comment' } },
    texts: ['The video', 'The comment'],
  },
  deletion: { operation: 'videos.delete' },
  metrics: {
    operation: 'videos.statistics',
    prepare: (control) => {
      control.configure('youtube', figures);
    },
    values: { views: 120, likes: 7, comments: 0 },
  },
  options: [
    { setting: 'playlist', options: [{ label: 'Favourites' }] },
    { setting: 'categoryId', options: [{ value: '22', label: 'People & Blogs' }] },
  ],
  errors,
  official: [
    {
      file: /^google-youtube-v3\.openapi\.json$/,
      host: 'API',
      besides: [],
      // It describes no answer but successes.
      leavesOutRefusals: true,
      // Google's pages say 204 of a deletion, the file 200.
      livesOtherwise: [/^answers 204, which is not described$/],
    },
  ],
  longest: {
    draft: { text: 'The longest way', media: [largeVideo(), image()] },
    operations: ['videos.open', 'videos.send', 'videos.finish', 'thumbnails.set', 'videos.list'],
  },
};

function end(action: 'expire' | 'revoke') {
  return (control: SandboxControl, account: string): void => {
    control.endTokens('youtube', account, action);
  };
}
