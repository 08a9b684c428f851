import fc from 'fast-check';
import { median, medianRatio, meets, percentile, rounded, spreadOf } from '../../../bench/lib/statistics.mjs';

const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });

describe('the statistics of the benchmarks', () => {
  it('takes the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0, 0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([1, 50, 95, 99, 100]);
    expect([percentile([7], 0.01), percentile([7], 0.99)]).toEqual([7, 7]);
    expect(percentile([1, 2], 0.51)).toBe(2);
  });

  it('leaves the values as they are', () => {
    const given = [3, 1, 2];
    percentile(given, 0.5);
    expect(given).toEqual([3, 1, 2]);
  });

  it('refuses to say anything about nothing', () => {
    expect(() => median([])).toThrow('nothing was measured');
  });

  it('answers with one of the values, which at least the share does not exceed', () => {
    fc.assert(
      fc.property(values, fc.double({ noNaN: true, min: 0, max: 1 }), (given, share) => {
        const found = percentile(given, share);
        expect(given).toContain(found);
        const covered = given.filter((value) => value <= found).length;
        expect(covered).toBeGreaterThanOrEqual(Math.ceil(share * given.length));
      }),
    );
  });

  it('rounds to three digits', () => {
    expect([rounded(1234.5), rounded(0.123456), rounded(0)]).toEqual([1230, 0.123, 0]);
    expect(spreadOf([1, 2, 3])).toEqual({ p50: 2, p95: 3, p99: 3, count: 3 });
  });

  it('compares pair by pair, so that one noisy pair does not decide', () => {
    const pairs = [
      { ours: 50, floor: 100 },
      { ours: 60, floor: 100 },
      { ours: 900, floor: 100 },
    ];
    expect(medianRatio(pairs)).toBe(0.6);
  });

  it('knows bars from above and from below', () => {
    expect([meets(5, { atMost: 5 }), meets(5.1, { atMost: 5 })]).toEqual([true, false]);
    expect([meets(0.5, { atLeast: 0.5 }), meets(0.49, { atLeast: 0.5 })]).toEqual([true, false]);
  });
});
