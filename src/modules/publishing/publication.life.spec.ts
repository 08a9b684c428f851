import fc from 'fast-check';
import { type Fate, Life, type LifePlan } from '../../../test/support/publishing/life.js';
import { OutcomeWorld } from '../../../test/support/publishing/outcome-world.js';
import { retryProfileNames } from '../../platforms/core/index.js';
import { retryProfiles } from './retry-policy.js';

const minute = 60_000;
/** The same lives each time. */
const always = { seed: 20_260_102, numRuns: 1_000 };

const share = fc.constantFrom(0, 0.3, 0.7, 1);
const fates: fc.Arbitrary<Fate> = fc.oneof(
  fc.constant<Fate>({ kind: 'answered' }),
  fc
    .constantFrom(
      'content_refused' as const,
      'auth_expired' as const,
      'rate_limited' as const,
      'transient' as const,
    )
    .map((as): Fate => ({ kind: 'refused', as })),
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('lost' as const), acts: fc.boolean(), late: share, lag: share }),
  },
);

const plans: fc.Arbitrary<LifePlan> = fc.record({
  reconcile: fc.record({
    settleMs: fc.constantFrom(0, minute / 2, minute, 2 * minute),
    absentAfterLooks: fc.constantFrom(1 as const, 2 as const, 'never' as const),
    holdsKey: fc.boolean(),
    clockToleranceMs: fc.constant(5_000),
  }),
  callDeadlineMs: fc.constantFrom(minute / 2, minute),
  repeatSafeForMs: fc.constantFrom(null, 2 * minute, 50 * minute),
  profile: fc.constantFrom(...retryProfileNames),
  fates: fc.array(fates, { maxLength: 12 }),
  looks: fc.array(fc.constantFrom('sees' as const, 'fails' as const, 'misses' as const), { maxLength: 12 }),
  latenessMs: fc.array(fc.constantFrom(0, 1_000, 5 * minute), { maxLength: 12 }),
});

describe('a publication, from its first run to its end,', () => {
  let world: OutcomeWorld;

  beforeAll(async () => {
    world = await OutcomeWorld.open();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
  });
  afterAll(() => jest.restoreAllMocks());

  const holds = (
    property: (life: Life, plan: LifePlan) => void,
    among: fc.Arbitrary<LifePlan> = plans,
  ): Promise<void> =>
    fc.assert(
      fc.asyncProperty(among, async (plan) => {
        const life = new Life(world, plan);
        await life.live();
        property(life, plan);
      }),
      always,
    );

  it('is out once at most, whatever becomes of its calls', () =>
    holds((life) => {
      expect(life.inbox.length).toBeLessThanOrEqual(1);
    }));

  it('is called published where it is out and found, and failed only where it is not', () =>
    holds(({ inbox }) => {
      const { state, platformPostId } = world.row;
      if (state === 'published') expect(inbox.map(({ id }) => id)).toEqual([platformPostId]);
      else if (state === 'failed') expect(inbox).toEqual([]);
      else expect(state).toBe('unconfirmed');
    }));

  it('is for a person only where the platform cannot tell', () =>
    holds((_life, { reconcile }) => {
      if (reconcile.absentAfterLooks !== 'never') expect(world.row.state).not.toBe('unconfirmed');
    }));

  it('is sent again only as often as its profile has retries, but for renewals, rate limits and one first look', () =>
    holds(({ calls }, { profile, fates: planned }) => {
      const free = planned
        .slice(0, calls.made)
        .filter(
          (fate) => fate.kind === 'refused' && (fate.as === 'auth_expired' || fate.as === 'rate_limited'),
        ).length;
      expect(world.row.retries).toBeLessThanOrEqual(retryProfiles[profile].delaysMs.length);
      expect(calls.made - free).toBeLessThanOrEqual(2 + retryProfiles[profile].delaysMs.length);
    }));

  it('is never sent again where nobody can tell what became of it, and is for a person then', () =>
    holds(
      ({ calls }) => {
        expect(calls.lost).toBeLessThanOrEqual(1);
        if (calls.lost === 1) expect(world.row.state).toBe('unconfirmed');
      },
      plans.map((plan) => ({
        ...plan,
        repeatSafeForMs: null,
        reconcile: { ...plan.reconcile, absentAfterLooks: 'never' as const },
      })),
    ));

  it('would be seen to be out twice on a platform that takes longer than its settling delay', async () => {
    const slower = plans.map(({ reconcile, ...plan }) => ({
      plan: { ...plan, reconcile: { ...reconcile, settleMs: 0 } },
      lagMs: reconcile.settleMs,
    }));
    const seen = await fc.check(
      fc.asyncProperty(slower, async ({ plan, lagMs }) => {
        const life = new Life(world, plan, lagMs);
        await life.live();
        return life.inbox.length <= 1;
      }),
      always,
    );
    expect(seen.failed).toBe(true);
  });
});
