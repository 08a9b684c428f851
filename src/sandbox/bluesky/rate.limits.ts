import { Refusal, withHeaders, type SandboxResponse } from '../core/response.js';
import { tightest, type RateLimit, type RateLimiter, type RateState } from '../core/rate.limiter.js';
import { xrpcError } from './bluesky.errors.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const EVERY_CALL: RateLimit = { name: 'ip', points: 3000, windowMs: 5 * MINUTE_MS };
const LOGIN: readonly RateLimit[] = [
  { name: 'login', points: 30, windowMs: 5 * MINUTE_MS },
  { name: 'login-day', points: 300, windowMs: DAY_MS },
];
const WRITES: readonly RateLimit[] = [
  { name: 'writes', points: 5000, windowMs: HOUR_MS },
  { name: 'writes-day', points: 35_000, windowMs: DAY_MS },
];
const BLOBS: readonly RateLimit[] = [{ name: 'blobs', points: 1000, windowMs: DAY_MS }];

export const WRITE_POINTS = { create: 3, update: 2, delete: 1 } as const;

export type RateHeaders = Readonly<Record<string, string>>;

/** The limits of the server; each `take` throws the 429 or returns the headers of the answer. */
export class BlueskyRates {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly enabled: () => boolean,
  ) {}

  call(): RateHeaders {
    return this.take([EVERY_CALL], 'any', 1);
  }

  login(identifier: string): RateHeaders {
    return this.take(LOGIN, identifier, 1);
  }

  write(did: string, points: number): RateHeaders {
    return this.take(WRITES, did, points);
  }

  blob(did: string): RateHeaders {
    return this.take(BLOBS, did, 1);
  }

  private take(limits: readonly RateLimit[], key: string, points: number): RateHeaders {
    if (!this.enabled()) return {};
    const state = tightest(limits.map((limit) => this.limiter.take(key, limit, points)));
    if (!state) return {};
    const headers = headersOf(state);
    if (!state.exceeded) return headers;
    const answer: SandboxResponse = xrpcError(429, 'RateLimitExceeded', 'Rate Limit Exceeded');
    throw new Refusal(withHeaders(answer, headers));
  }
}

function headersOf({ limit, remaining, resetAt }: RateState): RateHeaders {
  return {
    'RateLimit-Limit': String(limit.points),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(Math.ceil(resetAt / 1000)),
    'RateLimit-Policy': `${limit.points};w=${limit.windowMs / 1000}`,
  };
}
