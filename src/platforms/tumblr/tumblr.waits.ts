import type { HttpAnswer } from '../../common/http/index.js';

const minuteMs = 60_000;
/** A video of the same user is converted in less. */
export const mediaWaitMs = 10 * minuteMs;

const waits: Readonly<Record<string, number>> = {
  '8004': mediaWaitMs,
  '8010': 5 * minuteMs,
  '8022': 60 * minuteMs,
};

/** How long to wait after a refusal, as far as it says so; undefined: the pause of the capabilities. */
export function retryAfterOf(
  { status, headers }: Pick<HttpAnswer, 'status' | 'headers'>,
  code: string | undefined,
  now: Date,
): number | undefined {
  if (code === '8011' || code === '8023') return untilMidnight(now);
  const known = code === undefined ? undefined : waits[code];
  return known ?? (status === 429 ? ofCounters(headers) : undefined);
}

/** The day of the quotas, which the documents do not place anywhere. */
export function untilMidnight(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1) - now.getTime();
}

/** Of the counters that are used up the one that takes longest. With none of them it is the address that called too often. */
function ofCounters(headers: HttpAnswer['headers']): number | undefined {
  const told = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(told)) return Math.max(minuteMs, told * 1000);
  const windows = ['perhour', 'perday'].filter(
    (name) => headers[`x-ratelimit-${name}-remaining`] !== undefined,
  );
  if (windows.length === 0) return undefined;
  const waits = windows
    .filter((name) => Number(headers[`x-ratelimit-${name}-remaining`]) <= 0)
    .map((name) => Number(headers[`x-ratelimit-${name}-reset`] ?? 0) * 1000);
  return Math.max(minuteMs, ...waits);
}
