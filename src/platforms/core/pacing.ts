/**
 * How many visible calls a platform takes in a time. Asked before the first commit of a publication, so that what would be
 * refused is not sent. Figures have their source in the platform's README; PLATFORM_<KEY>_RATES replaces them.
 */
export interface RateLimit {
  /** snake_case, unique within the platform: `posts`. */
  readonly name: string;
  /** Who shares it: one account (also over several workspaces), or everything that `appOf` calls the same app. */
  readonly per: 'account' | 'app';
  /** Visible calls in each period. */
  readonly max: number;
  readonly periodMs: number;
  /** Calls at once after a quiet time; `max` by default. */
  readonly burst?: number;
}

export interface Pacing {
  readonly rates: readonly RateLimit[];
  /** Whose publications all wait when the platform says that there were too many requests; the account's by default. */
  readonly pauses?: 'account' | 'app';
  /** Milliseconds of that pause when the platform does not say; a minute by default. */
  readonly pauseMs?: number;
}

/** When a platform counts as down. Only outages count, never refusals. */
export interface CircuitPolicy {
  /** Outages without a success between them. */
  readonly outages: number;
  /** Milliseconds within which they fall. */
  readonly windowMs: number;
}

/** Head of an answer: what limits are read from. Names in lower case. */
export interface SeenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: Date;
}

/** What a platform says of one of its limits. */
export interface LimitReading {
  /** Name of the rate. */
  readonly limit: string;
  /** Visible calls that are left until then. */
  readonly remaining: number;
  readonly resetAt: Date;
  /**
   * False where the platform does not say which of its limits it speaks of: then a reading only ever closes the budget, when
   * nothing is left.
   */
  readonly certain: boolean;
}
