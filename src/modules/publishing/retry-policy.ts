import type { RetryProfileName } from '../../platforms/core/index.js';

/** How long to wait before a failed publication is tried again. */
export interface RetryProfile {
  /** Milliseconds before the 1st, 2nd, … retry; their number is the number of retries. */
  readonly delaysMs: readonly number[];
  /** Share of the delay by which it varies, both ways. */
  readonly jitter: number;
}

const minute = 60_000;

export const retryProfiles = {
  /** After the first try up to three more. */
  standard: { delaysMs: [minute, 5 * minute, 15 * minute], jitter: 0.1 },
  exponential: { delaysMs: [5_000, 10_000, 20_000, 40_000, 80_000], jitter: 0.2 },
  quick: { delaysMs: [minute, 2 * minute, 4 * minute], jitter: 0.1 },
  /** For platforms that have bad hours. */
  patient: { delaysMs: [5, 15, 30, 60, 120, 240].map((minutes) => minutes * minute), jitter: 0.1 },
  /** Greylisting servers want minutes, full mailboxes hours. */
  mail: { delaysMs: [5, 15, 60, 240, 720, 1440].map((minutes) => minutes * minute), jitter: 0.1 },
  /** What fails has failed; outcomes are looked for all the same. */
  never: { delaysMs: [], jitter: 0 },
} as const satisfies Record<RetryProfileName, RetryProfile>;

/** Milliseconds before the next retry, or null when all are used up. `random` is in [0, 1). */
export function nextRetryDelay(profile: RetryProfile, retriesUsed: number, random: number): number | null {
  const delay = profile.delaysMs[retriesUsed];
  if (delay === undefined) return null;
  return Math.round(delay * (1 + profile.jitter * (2 * random - 1)));
}
