import type { LimitReading, SeenAnswer } from '../core/index.js';

/** Points of a write that makes a record. */
const pointsOfPost = 3;
/** Limits by their policy (fact sheet of 2026-11, section 6); logins, uploads and calls have others. */
const ratesByPolicy: Readonly<Record<string, { readonly limit: string; readonly points: number }>> = {
  '5000;w=3600': { limit: 'posts', points: 5_000 },
  '35000;w=86400': { limit: 'posts_of_a_day', points: 35_000 },
};
/** Before this share of a limit is left our own count does, and storing another after each post is not worth it. */
const worthStoring = 0.1;

/** `RateLimit-Policy` names the limit, `RateLimit-Reset` counts seconds since 1970. */
export function readBlueskyLimits({ headers }: SeenAnswer): readonly LimitReading[] {
  const rate = ratesByPolicy[(headers['ratelimit-policy'] ?? '').replaceAll(' ', '')];
  const points = Number(headers['ratelimit-remaining'] ?? Number.NaN);
  const reset = Number(headers['ratelimit-reset'] ?? Number.NaN);
  if (rate === undefined || !Number.isFinite(points) || !Number.isFinite(reset)) return [];
  if (points > rate.points * worthStoring) return [];
  const remaining = Math.floor(points / pointsOfPost);
  return [{ limit: rate.limit, remaining, resetAt: new Date(reset * 1000), certain: true }];
}
