export interface RateLimit {
  readonly name: string;
  readonly points: number;
  readonly windowMs: number;
  /** The window follows the clock (every full 5 minutes) instead of starting with the first request. */
  readonly aligned?: boolean;
}

export interface RateState {
  readonly limit: RateLimit;
  readonly remaining: number;
  /** Milliseconds since 1970, by the sandbox clock. */
  readonly resetAt: number;
  readonly exceeded: boolean;
}

interface Window {
  readonly resetAt: number;
  used: number;
}

/** Counts points per key in windows, as the platforms' limiters do. */
export class RateLimiter {
  private windows = new Map<string, Window>();

  constructor(private readonly clock: { now(): number }) {}

  take(key: string, limit: RateLimit, points = 1): RateState {
    const window = this.window(`${limit.name} ${key}`, limit);
    window.used += points;
    const exceeded = window.used > limit.points;
    return { limit, remaining: Math.max(0, limit.points - window.used), resetAt: window.resetAt, exceeded };
  }

  reset(): void {
    this.windows = new Map();
  }

  private window(key: string, limit: RateLimit): Window {
    const now = this.clock.now();
    const current = this.windows.get(key);
    if (current && current.resetAt > now) return current;
    const start = limit.aligned === true ? Math.floor(now / limit.windowMs) * limit.windowMs : now;
    const window: Window = { resetAt: start + limit.windowMs, used: 0 };
    this.windows.set(key, window);
    return window;
  }
}

/** The state nearest to exhaustion: an exceeded one first, then the fewest points left. */
export function tightest(states: readonly RateState[]): RateState | null {
  const sorted = [...states].sort(
    (one, other) => Number(other.exceeded) - Number(one.exceeded) || one.remaining - other.remaining,
  );
  return sorted[0] ?? null;
}
