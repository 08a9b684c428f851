import { RateLimiter, type RateState } from '../core/rate.limiter.js';
import { Refusal, withHeaders, type Headers } from '../core/response.js';
import type { SandboxClock } from '../core/sandbox.clock.js';
import { problem } from './x.errors.js';

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

export interface Limit {
  readonly name: string;
  /** Per person in 15 minutes. */
  readonly user: number;
  /** Per app in 24 hours. */
  readonly appDay?: number;
}

export const LIMITS = {
  create: { name: 'create', user: 100, appDay: 10_000 },
  delete: { name: 'delete', user: 50 },
  lookup: { name: 'lookup', user: 5_000 },
  lookupOne: { name: 'lookup-one', user: 900 },
  timeline: { name: 'timeline', user: 900 },
  me: { name: 'me', user: 75 },
  upload: { name: 'upload', user: 500, appDay: 50_000 },
  metadata: { name: 'metadata', user: 500, appDay: 50_000 },
  initialize: { name: 'initialize', user: 1_875, appDay: 180_000 },
  append: { name: 'append', user: 1_875, appDay: 180_000 },
  finalize: { name: 'finalize', user: 1_875, appDay: 180_000 },
  status: { name: 'status', user: 1_000, appDay: 100_000 },
  analytics: { name: 'analytics', user: 300 },
  usage: { name: 'usage', user: 50 },
} as const satisfies Record<string, Limit>;

/** Two families of limits, each with headers of its own: both have to be read to know how long to wait. */
export class Rates {
  private readonly limiter: RateLimiter;

  constructor(clock: SandboxClock) {
    this.limiter = new RateLimiter(clock);
  }

  /** The headers after one more call; a call too many is refused with the same headers. */
  take(limit: Limit, key: string): Headers {
    const quarter = this.limiter.take(key, { name: limit.name, points: limit.user, windowMs: QUARTER_MS });
    const day =
      limit.appDay === undefined
        ? null
        : this.limiter.take('app', { name: `${limit.name} app`, points: limit.appDay, windowMs: DAY_MS });
    const headers = {
      ...family('x-rate-limit', quarter),
      ...(day === null ? {} : family('x-app-limit-24hour', day)),
    };
    if (!quarter.exceeded && day?.exceeded !== true) return headers;
    const answer = problem(429, { title: 'Too Many Requests', detail: 'Too Many Requests' });
    throw new Refusal(withHeaders(answer, headers));
  }

  reset(): void {
    this.limiter.reset();
  }
}

function family(prefix: string, { limit, remaining, resetAt }: RateState): Headers {
  return {
    [`${prefix}-limit`]: String(limit.points),
    [`${prefix}-remaining`]: String(remaining),
    [`${prefix}-reset`]: String(Math.ceil(resetAt / 1000)),
  };
}
