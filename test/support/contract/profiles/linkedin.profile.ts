import type { Profile } from '../profile.js';
import { connect, newAccount } from './linkedin.accounts.js';
import { linkedinErrorSamples } from './linkedin.errors.js';
import { linkedinKinds } from './linkedin.kinds.js';
import { linkedinLimits } from './linkedin.limits.js';
import { slowVideo } from './linkedin.samples.js';
import { webFaults } from './web-faults.js';

/** A burst: nothing in the head, and no day in the words. */
const pauseMs = 2 * 60_000;

export const profile: Profile = {
  // Parts so small that a clip has several; more posts a day than all tests of one login make.
  simulator: { partBytes: 32_000, postsPerMemberDay: 10_000, commentsPerMinute: 1_000, statistics: {} },
  newAccount,
  // Going through the consent page once more gives new tokens.
  renewAccount: (_control, account) => account,
  connect,
  postIdOf: ({ postId }) => postId,
  kinds: linkedinKinds,
  limits: linkedinLimits,
  faults: webFaults(true),
  rateLimit: {
    arm: (control, _now, count = 1) => {
      control.addFault({
        platform: 'linkedin',
        visible: true,
        count,
        action: { kind: 'status', status: 429, body: { status: 429, code: 'TOO_MANY_REQUESTS' } },
      });
      return pauseMs;
    },
  },
  auth: [
    {
      name: 'access expired',
      end: (control, account) => {
        control.endTokens('linkedin', account, 'expire');
      },
      then: 'renewed',
    },
    {
      name: 'access revoked',
      end: (control, account) => {
        control.endTokens('linkedin', account, 'revoke');
      },
      then: 'expired',
    },
  ],
  lateCalls: 'beyond_telling',
  refusal: 404,
  several: {
    draft: { text: 'The post', settings: { firstComment: 'The comment' } },
    texts: ['The post', 'The comment'],
  },
  deletion: { operation: 'posts.delete' },
  metrics: {
    operation: 'shareStatistics',
    prepare: (control) => {
      control.configure('linkedin', {
        statistics: {
          ...{ impressionCount: 120, uniqueImpressionsCount: 80, clickCount: 7 },
          ...{ likeCount: 5, commentCount: 2, shareCount: 1 },
        },
      });
    },
    values: { views: 120, reach: 80, clicks: 7, likes: 5, comments: 2, shares: 1 },
  },
  errors: linkedinErrorSamples,
  longest: {
    draft: { text: 'The longest way', media: [slowVideo(7)] },
    operations: ['videos.action', 'upload', 'videos.get', 'posts.create'],
  },
};
