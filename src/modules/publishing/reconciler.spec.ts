import fc from 'fast-check';
import type { ReconcilePolicy } from '../../platforms/core/index.js';
import { absenceProvenInMs, countsAsFirstAbsence, firstLookInMs } from './reconciler.js';

const deadlineAt = new Date('2026-01-01T12:00:00.000Z');
const at = (ms: number): Date => new Date(deadlineAt.getTime() + ms);
const two: ReconcilePolicy = { settleMs: 60_000, absentAfterLooks: 2, holdsKey: false, clockToleranceMs: 0 };

describe('when an absence proves that nothing was created', () => {
  it('counts the settling delay from 15 s after the call’s deadline', () => {
    expect(absenceProvenInMs(two, { deadlineAt, firstAbsentAt: null }, at(0))).toBe(75_000);
    expect(countsAsFirstAbsence(two, { deadlineAt }, at(74_999))).toBe(false);
    expect(countsAsFirstAbsence(two, { deadlineAt }, at(75_000))).toBe(true);
  });

  it('wants a second absence a full settling delay after the first', () => {
    expect(absenceProvenInMs(two, { deadlineAt, firstAbsentAt: null }, at(75_000))).toBe(60_000);
    expect(absenceProvenInMs(two, { deadlineAt, firstAbsentAt: at(75_000) }, at(100_000))).toBe(35_000);
    expect(absenceProvenInMs(two, { deadlineAt, firstAbsentAt: at(75_000) }, at(135_000))).toBe(0);
  });

  it('takes one look where one is enough, after settling', () => {
    const one: ReconcilePolicy = { ...two, absentAfterLooks: 1 };
    expect(absenceProvenInMs(one, { deadlineAt, firstAbsentAt: null }, at(74_000))).toBe(1_000);
    expect(absenceProvenInMs(one, { deadlineAt, firstAbsentAt: null }, at(75_000))).toBe(0);
  });

  it('waits until the call can no longer arrive also where we hold the key', () => {
    const key: ReconcilePolicy = { ...two, settleMs: 0, absentAfterLooks: 1, holdsKey: true };
    expect(absenceProvenInMs(key, { deadlineAt, firstAbsentAt: null }, at(-30_000))).toBe(45_000);
    expect(absenceProvenInMs(key, { deadlineAt, firstAbsentAt: null }, at(15_000))).toBe(0);
  });

  it('looks soon where the first look decides, a little later elsewhere', () => {
    expect(firstLookInMs({ ...two, holdsKey: true })).toBe(1_000);
    expect(firstLookInMs({ ...two, absentAfterLooks: 'never' })).toBe(1_000);
    expect(firstLookInMs(two)).toBe(5_000);
  });
});

/** Looks that all see nothing, at any times after the call. */
const lookTimes = fc.array(fc.integer({ min: 0, max: 600_000 }), { minLength: 1, maxLength: 12 });
const policies = fc.record({
  settleMs: fc.integer({ min: 0, max: 180_000 }),
  absentAfterLooks: fc.constantFrom<1 | 2>(1, 2),
  holdsKey: fc.boolean(),
  clockToleranceMs: fc.constant(5_000),
});

describe('absence', () => {
  it('is never concluded before the settling delay, nor from fewer looks than the policy wants', () => {
    fc.assert(
      fc.property(policies, lookTimes, (policy, times) => {
        const deadlineAt = new Date(0);
        let firstAbsentAt: Date | null = null;
        let counted = 0;
        for (const time of [...times].sort((a, b) => a - b)) {
          const now = new Date(time);
          const commit = { deadlineAt, firstAbsentAt };
          if (absenceProvenInMs(policy, commit, now) > 0) {
            if (!countsAsFirstAbsence(policy, commit, now)) continue;
            counted += 1;
            firstAbsentAt ??= now;
            continue;
          }
          expect(time).toBeGreaterThanOrEqual(15_000 + policy.settleMs);
          if (policy.absentAfterLooks === 1) return;
          expect(counted).toBeGreaterThan(0);
          expect(time - (firstAbsentAt?.getTime() ?? Infinity)).toBeGreaterThanOrEqual(policy.settleMs);
          return;
        }
      }),
    );
  });
});
