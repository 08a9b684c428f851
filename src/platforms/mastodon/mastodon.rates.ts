import type { LimitReading, SeenAnswer } from '../core/index.js';

/**
 * `X-RateLimit-…` describe the limit that is nearest to its end, and do not say which (fact sheet of 2026-11, section 6): with nothing
 * left posts wait, whichever it was.
 */
export function readMastodonLimits({ headers }: SeenAnswer): readonly LimitReading[] {
  const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
  const resetAt = new Date(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (remaining !== 0 || Number.isNaN(resetAt.getTime())) return [];
  return [{ limit: 'posts', remaining, resetAt, certain: false }];
}
