import { RateLimiter, tightest } from '../core/rate.limiter.js';
import { Refusal, withHeaders, type Headers } from '../core/response.js';
import type { SandboxClock } from '../core/sandbox.clock.js';
import { rateLimited } from './pinterest.errors.js';
import type { PinterestSettings } from './pinterest.settings.js';

const MINUTE_MS = 60_000;
const TRIAL_CALLS_PER_DAY = 1_000;

export type Category = 'org_write' | 'org_read' | 'org_analytics';

/** Per category in a minute for each person; an app with Trial access has so many calls a day besides. */
export class Rates {
  private readonly limiter: RateLimiter;

  constructor(private readonly clock: SandboxClock) {
    this.limiter = new RateLimiter(clock);
  }

  /** The headers after one more call; a call too many is refused with the same headers. */
  take(category: Category, person: string, settings: PinterestSettings): Headers {
    const points = pointsOf(category, settings);
    const minute = this.limiter.take(person, { name: category, points, windowMs: MINUTE_MS });
    const day = { name: 'trial', points: TRIAL_CALLS_PER_DAY, windowMs: 24 * 60 * MINUTE_MS };
    const state = tightest(settings.trial ? [minute, this.limiter.take('app', day)] : [minute]) ?? minute;
    const { limit, remaining, resetAt } = state;
    const headers = {
      'x-ratelimit-limit': `${limit.points}, ${limit.points};w=${limit.windowMs / 1000}`,
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(Math.ceil((resetAt - this.clock.now()) / 1000)),
    };
    if (state.exceeded) throw new Refusal(withHeaders(rateLimited().response, headers));
    return headers;
  }

  reset(): void {
    this.limiter.reset();
  }
}

function pointsOf(category: Category, settings: PinterestSettings): number {
  switch (category) {
    case 'org_write':
      return settings.writesPerMinute;
    case 'org_read':
      return settings.readsPerMinute;
    case 'org_analytics':
      return settings.analyticsPerMinute;
  }
}
