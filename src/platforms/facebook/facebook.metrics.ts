import { PublishError, type PostMetrics } from '../core/index.js';
import type { GraphAccess } from '../families/meta/index.js';
import type { FacebookClient } from './facebook.client.js';

const names = {
  views: 'post_media_view',
  reach: 'post_total_media_view_unique',
  clicks: 'post_clicks',
} as const;
/** Without them the counters are still there: the right to insights may be missing, and metrics are taken away. */
const dispensable = ['facebook.permission_missing', 'facebook.metric_removed', 'facebook.parameter_invalid'];

/** Counters of the post, and its insights where they are given. */
export async function readMetrics(
  client: FacebookClient,
  access: GraphAccess,
  postId: string,
): Promise<PostMetrics> {
  const counts = await client.counts(access, postId);
  const insights = await client
    .insights(access, postId, Object.values(names))
    .catch((error: unknown): Record<string, number> => {
      if (error instanceof PublishError && dispensable.includes(error.code)) return {};
      throw error;
    });
  const given = Object.entries(names).flatMap(([name, metric]): [string, number][] => {
    const value = insights[metric];
    return value === undefined ? [] : [[name, value]];
  });
  return { values: { ...counts, ...Object.fromEntries(given) } };
}
