import fc from 'fast-check';
import { mergePlanStatus, type PlanStatus, type SuccessPolicy } from './plan-status.js';
import { openStates, type PublicationState, publicationStates } from './publication.states.js';

const state = fc.constantFrom(...publicationStates);
const states = fc.array(state, { maxLength: 14 });
const policy = fc.constantFrom<SuccessPolicy>('any', 'all');

describe('mergePlanStatus', () => {
  it.each<[PublicationState[], SuccessPolicy, PlanStatus, string | null]>([
    [['published', 'published'], 'any', 'published', 'complete'],
    [['published', 'failed'], 'any', 'published', 'partial'],
    [['published', 'failed'], 'all', 'failed', 'partial'],
    [['published', 'unconfirmed'], 'any', 'published', 'partial'],
    [['published', 'unconfirmed'], 'all', 'unconfirmed', 'partial'],
    [['failed', 'unconfirmed'], 'any', 'unconfirmed', 'unknown'],
    [['failed', 'unconfirmed'], 'all', 'failed', 'unknown'],
    [['failed', 'failed'], 'any', 'failed', 'none'],
    [['published', 'canceled'], 'all', 'published', 'complete'],
    [['published', 'skipped'], 'all', 'published', 'partial'],
    [['canceled', 'canceled'], 'any', 'canceled', 'none'],
    [['canceled', 'failed'], 'any', 'failed', 'none'],
    [['published', 'waiting'], 'any', 'processing', null],
    [['with_platform'], 'any', 'processing', null],
    [[], 'any', 'failed', 'none'],
  ])('of %j under %s is %s, outcome %s', (given, under, status, outcome) => {
    expect(mergePlanStatus(given, under)).toMatchObject({ status, outcome });
  });

  it('names the reason when every target was skipped', () => {
    expect(mergePlanStatus(['skipped', 'skipped'], 'any')).toMatchObject({
      status: 'failed',
      reason: 'platform_disabled',
    });
    expect(mergePlanStatus(['skipped', 'failed'], 'any').reason).toBeNull();
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(
        states,
        policy,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (given, under, random) => {
          const shuffled = given
            .map((value) => ({ value, key: random.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ value }) => value);
          expect(mergePlanStatus(shuffled, under)).toEqual(mergePlanStatus(given, under));
        },
      ),
    );
  });

  it('is processing exactly while a target is open', () => {
    fc.assert(
      fc.property(states, policy, (given, under) => {
        const open = given.some((each) => (openStates as readonly PublicationState[]).includes(each));
        expect(mergePlanStatus(given, under).status === 'processing').toBe(open);
      }),
    );
  });

  it('is never worse for one more success', () => {
    const rank: Record<string, number> = {
      failed: 0,
      canceled: 0,
      unconfirmed: 1,
      published: 2,
      processing: 3,
    };
    fc.assert(
      fc.property(states, policy, (given, under) => {
        const before = mergePlanStatus(given, under);
        const after = mergePlanStatus([...given, 'published'], under);
        expect(rank[after.status]).toBeGreaterThanOrEqual(rank[before.status] ?? 0);
      }),
    );
  });

  it('says failed only with proof: no unconfirmed target under `any`', () => {
    fc.assert(
      fc.property(states, (given) => {
        const merged = mergePlanStatus(given, 'any');
        if (merged.status === 'failed') expect(given).not.toContain('unconfirmed');
      }),
    );
  });

  it('is a success exactly when one target is live, or all that count are', () => {
    fc.assert(
      fc.property(states, policy, (given, under) => {
        const { status, outcome } = mergePlanStatus(given, under);
        if (status === 'processing') return;
        const has = (wanted: PublicationState): boolean => given.includes(wanted);
        const kept = under === 'any' || (!has('failed') && !has('unconfirmed'));
        expect(status === 'published').toBe(has('published') && kept);
        expect(outcome === 'complete' || outcome === 'partial').toBe(has('published'));
      }),
    );
  });

  it('is the same for any number of targets that were canceled beside others', () => {
    fc.assert(
      fc.property(states, policy, fc.nat({ max: 5 }), (given, under, canceled) => {
        fc.pre(given.some((each) => each !== 'canceled'));
        const more = [...given, ...Array.from({ length: canceled }, () => 'canceled' as const)];
        const { status, outcome, partiallyFailed } = mergePlanStatus(given, under);
        expect(mergePlanStatus(more, under)).toMatchObject({ status, outcome, partiallyFailed });
      }),
    );
  });
});
