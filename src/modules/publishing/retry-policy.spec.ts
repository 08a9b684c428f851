import fc from 'fast-check';
import { nextRetryDelay, retryProfiles } from './retry-policy.js';

describe('retry profiles', () => {
  it('retry three times after 1, 5 and 15 minutes by default', () => {
    const delays = [0, 1, 2, 3].map((used) => nextRetryDelay(retryProfiles.standard, used, 0.5));
    expect(delays).toEqual([60_000, 300_000, 900_000, null]);
  });

  it('give mail a day', () => {
    const total = retryProfiles.mail.delaysMs.reduce((sum, delay) => sum + delay, 0);
    expect(retryProfiles.mail.delaysMs[0]).toBe(5 * 60_000);
    expect(total).toBeGreaterThanOrEqual(24 * 60 * 60_000);
  });

  it('vary by the jitter and no more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(retryProfiles)),
        fc.nat({ max: 8 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (profile, used, random) => {
          const delay = nextRetryDelay(profile, used, random);
          const base = profile.delaysMs[used];
          if (base === undefined) {
            expect(delay).toBeNull();
            return;
          }
          expect(delay).toBeGreaterThanOrEqual(Math.floor(base * (1 - profile.jitter)));
          expect(delay).toBeLessThanOrEqual(Math.ceil(base * (1 + profile.jitter)));
        },
      ),
    );
  });
});
