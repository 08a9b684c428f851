import { RateLimiter, tightest, type RateLimit, type RateState } from '../core/rate.limiter.js';
import { Refusal, withHeaders, type Headers } from '../core/response.js';
import { errorResponse } from './mastodon.errors.js';

const MINUTE_MS = 60_000;

export const LIMITS = {
  requests: { name: 'requests', points: 300, windowMs: 5 * MINUTE_MS, aligned: true },
  paging: { name: 'paging', points: 300, windowMs: 15 * MINUTE_MS, aligned: true },
  media: { name: 'media', points: 30, windowMs: 30 * MINUTE_MS, aligned: true },
  deletes: { name: 'deletes', points: 30, windowMs: 30 * MINUTE_MS, aligned: true },
  statuses: { name: 'statuses', points: 300, windowMs: 180 * MINUTE_MS, aligned: true },
} as const satisfies Record<string, RateLimit>;

/** Limits of one request: every `take` is remembered, and the headers describe the one nearest to exhaustion. */
export class RateMeter {
  private readonly states: RateState[] = [];

  constructor(
    private readonly limiter: RateLimiter,
    private readonly enabled: boolean,
  ) {}

  take(limit: RateLimit, key: string): void {
    if (!this.enabled) return;
    const state = this.limiter.take(key, limit);
    this.states.push(state);
    if (state.exceeded)
      throw new Refusal(withHeaders(errorResponse(429, 'Too many requests'), this.headers()));
  }

  headers(): Headers {
    const state = tightest(this.states);
    if (!state) return {};
    return {
      'X-RateLimit-Limit': String(state.limit.points),
      'X-RateLimit-Remaining': String(state.remaining),
      'X-RateLimit-Reset': new Date(state.resetAt).toISOString(),
    };
  }
}
