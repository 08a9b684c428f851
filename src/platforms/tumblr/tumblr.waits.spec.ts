import { retryAfterOf, untilMidnight } from './tumblr.waits.js';

const now = new Date('2026-11-22T21:30:00Z');
const minute = 60_000;
const wait = (headers: Record<string, string>, code?: string, status = 429): number | undefined =>
  retryAfterOf({ status, headers }, code, now);

describe('how long Tumblr is waited for', () => {
  it('is until the counter that is used up begins anew, the later of two', () => {
    const hour = { 'x-ratelimit-perhour-remaining': '0', 'x-ratelimit-perhour-reset': '900' };
    const day = { 'x-ratelimit-perday-remaining': '0', 'x-ratelimit-perday-reset': '7200' };
    expect(wait({ ...hour, ...day, 'x-ratelimit-perday-remaining': '10' })).toBe(900_000);
    expect(wait({ ...hour, ...day })).toBe(7_200_000);
    expect(wait({ ...hour, 'x-ratelimit-perhour-reset': '5' })).toBe(minute);
  });

  it('is a minute where calls are left, and not told where there are no headers', () => {
    expect(wait({ 'x-ratelimit-perhour-remaining': '10', 'x-ratelimit-perhour-reset': '900' })).toBe(minute);
    expect(wait({ 'retry-after': '3' })).toBe(minute);
    expect(wait({})).toBeUndefined();
  });

  it('is by code where the status says less', () => {
    const waits = ['8004', '8010', '8011', '8022', '8023', '8001'].map((code) => wait({}, code, 403));
    const midnight = 150 * minute;
    expect(waits).toEqual([10 * minute, 5 * minute, midnight, 60 * minute, midnight, undefined]);
    expect(untilMidnight(now)).toBe(midnight);
  });
});
