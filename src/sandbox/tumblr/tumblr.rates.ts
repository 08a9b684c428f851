import { RateLimiter, type RateLimit, type RateState } from '../core/rate.limiter.js';
import type { Headers } from '../core/response.js';
import type { SandboxClock } from '../core/sandbox.clock.js';
import type { TumblrSettings } from './tumblr.settings.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export interface Rating {
  readonly headers: Headers;
  readonly exceeded: boolean;
}

/** The limits of the app, for all of its users together, come with headers; the one of the address comes without. */
export class TumblrRates {
  private readonly limiter: RateLimiter;

  constructor(private readonly clock: SandboxClock) {
    this.limiter = new RateLimiter(clock);
  }

  take(app: string, { callsPerHour, callsPerDay, callsPerMinute }: TumblrSettings): Rating {
    const limits: readonly RateLimit[] = [
      { name: 'Perhour', points: callsPerHour, windowMs: HOUR_MS },
      { name: 'Perday', points: callsPerDay, windowMs: 24 * HOUR_MS },
    ];
    const states = limits.map((limit) => this.limiter.take(app, limit));
    const address = this.limiter.take('this', {
      name: 'minute',
      points: callsPerMinute,
      windowMs: MINUTE_MS,
    });
    return {
      headers: Object.fromEntries(states.flatMap((state) => this.headersOf(state))),
      exceeded: [...states, address].some(({ exceeded }) => exceeded),
    };
  }

  reset(): void {
    this.limiter.reset();
  }

  /** Seconds that are left, not a time. */
  private headersOf({ limit, remaining, resetAt }: RateState): [string, string][] {
    const prefix = `X-Ratelimit-${limit.name}`;
    const seconds = Math.ceil((resetAt - this.clock.now()) / 1000);
    return [
      [`${prefix}-Limit`, String(limit.points)],
      [`${prefix}-Remaining`, String(remaining)],
      [`${prefix}-Reset`, String(seconds)],
    ];
  }
}
