import { PublishError, type PostMetrics } from '../core/index.js';
import type { InstagramClient } from './instagram.client.js';
import type { InstagramAccess } from './instagram.login.js';

const common = ['views', 'reach', 'shares'];
const feed = [...common, 'likes', 'comments', 'saved', 'total_interactions'];

/** One that the kind of post does not have fails the whole call. */
const names: Readonly<Record<string, readonly string[]>> = {
  FEED: feed,
  REELS: feed,
  STORY: [...common, 'replies'],
};
/** Without insights the counters are still there. */
const dispensable = [
  'instagram.permission_missing',
  'instagram.not_enough_viewers',
  'instagram.parameter_invalid',
];

/** Counters of the post, and its insights where they are given. */
export async function readMetrics(
  client: InstagramClient,
  access: InstagramAccess,
  postId: string,
): Promise<PostMetrics> {
  const { counts, productType } = await client.post(access, postId);
  const insights = await client
    .insights(access, postId, names[productType ?? 'FEED'] ?? common)
    .catch((error: unknown): PostMetrics['values'] => {
      if (error instanceof PublishError && dispensable.includes(error.code)) return {};
      throw error;
    });
  return { values: { ...counts, ...insights } };
}
