import fc from 'fast-check';
import { ModelPublisher } from '../../../test/support/publishing/model-publisher.js';
import { type Conclusion, OutcomeWorld } from '../../../test/support/publishing/outcome-world.js';
import { HttpTransportError } from '../../common/http/index.js';
import { failureKinds, PublishError, retryProfileNames } from '../../platforms/core/index.js';
import { LeaseLost, OutcomeUnknown, RepeatAbsent, Skipped, Suspended } from './engine.signals.js';
import type { PublicationRun } from './publication.run.js';
import { transitions, wakeReasons } from './publication.states.js';
import { retryProfiles } from './retry-policy.js';
import { incompleteCode } from './stored-error.js';

const minute = 60_000;
/** The same runs each time. */
const always = { seed: 20_260_101, numRuns: 1_000 };

const failure = fc
  .record({ kind: fc.constantFrom(...failureKinds), code: fc.constant('model.failed') })
  .map((given) => new PublishError({ ...given, message: 'It failed.', remedy: 'Wait.' }));

const errors = fc.oneof(
  failure,
  failure.map((error) => new RepeatAbsent(error)),
  fc.constant(new Error('nobody expected it')),
  fc.constant(
    new HttpTransportError({ phase: 'before_send', reason: 'refused', message: 'Nobody is there.' }),
  ),
  fc.constant(new LeaseLost()),
  fc
    .record({
      reason: fc.constantFrom(...wakeReasons),
      delayMs: fc.integer({ min: 0, max: 3_000 * minute }),
      state: fc.constantFrom('waiting' as const, 'with_platform' as const),
    })
    .map(({ reason, delayMs, state }) => new Suspended(reason, delayMs, state)),
  fc.constant(new OutcomeUnknown('part:0', null)),
);

const commits = fc.array(
  fc.record({
    state: fc.constantFrom('open' as const, 'done' as const, 'clear' as const),
    calls: fc.integer({ min: 1, max: 4 }),
    repeatMinutes: fc.constantFrom(null, -10, 10),
    givenUp: fc.boolean(),
  }),
  { maxLength: 3 },
);

const situations = fc.record({
  commits,
  retries: fc.integer({ min: 0, max: 7 }),
  profile: fc.constantFrom(...retryProfileNames),
  giveUpAfterMinutes: fc.constantFrom(null, 1, 30, 600),
  dueMinutesAgo: fc.integer({ min: 0, max: 2_000 }),
  versions: fc.record({
    used: fc.constantFrom(null, 1, 2),
    renewedBefore: fc.constantFrom(null, 1, 2),
  }),
  renewal: fc.constantFrom('renewed' as const, 'already_renewed' as const, 'expired' as const),
  pauseMs: fc.integer({ min: 1_000, max: 3_000 * minute }),
  staysOff: fc.boolean(),
  leaseIsHeld: fc.boolean(),
  /** Meanwhile the answer to what the run still takes for open has come. */
  answered: fc.boolean(),
});
type Situation = typeof situations extends fc.Arbitrary<infer T> ? T : never;

const publisher = new ModelPublisher({
  reconcile: { settleMs: minute, absentAfterLooks: 2, holdsKey: false, clockToleranceMs: 0 },
  callDeadlineMs: minute,
  look: () => Promise.reject(new Error('nobody looks here')),
});

describe('the conclusion of a run', () => {
  let world: OutcomeWorld;

  beforeAll(async () => {
    world = await OutcomeWorld.open();
  });

  const staged = (given: Situation): PublicationRun => {
    const now = world.clock.now().getTime();
    world.begin({
      retries: given.retries,
      dueAt: new Date(now - given.dueMinutesAgo * minute),
      policy: { retry: given.profile, giveUpAfterMinutes: given.giveUpAfterMinutes },
      renewedVersion: given.versions.renewedBefore,
    });
    for (const [index, { state, calls, repeatMinutes }] of given.commits.entries()) {
      const repeatUntil = repeatMinutes === null ? null : new Date(now + repeatMinutes * minute);
      const result = state === 'done' ? { platformPostId: `made-${index}`, permalink: null } : null;
      world.commit(`part:${index}`, { state, calls, repeatUntil, result });
    }
    const run = world.run(publisher);
    run.credentialsVersion = given.versions.used;
    for (const [index, { state, givenUp }] of given.commits.entries()) {
      if (state === 'open' && givenUp) run.givenUp.set(`part:${index}`, 'Nobody can tell.');
    }
    world.renewal = given.renewal;
    world.pauseMs = given.pauseMs;
    world.staysOff = given.staysOff;
    world.leaseIsHeld = given.leaseIsHeld;
    if (given.answered) {
      for (const commit of world.commits.values()) {
        if (commit.state === 'open')
          Object.assign(commit, { state: 'done', result: { platformPostId: 'late', permalink: null } });
      }
    }
    return run;
  };

  const holds = (
    property: (seen: {
      readonly given: Situation;
      readonly error: unknown;
      readonly run: PublicationRun;
      readonly state: string | null;
      /** Null: nothing was written. */
      readonly conclusion: Conclusion | null;
    }) => void,
    among: fc.Arbitrary<unknown> = errors,
  ): Promise<void> =>
    fc.assert(
      fc.asyncProperty(situations, among, async (given, error) => {
        const run = staged(given);
        const state = await world.outcome.after(run, error);
        expect(world.conclusions.length).toBeLessThanOrEqual(1);
        property({ given, error, run, state, conclusion: world.conclusions[0] ?? null });
      }),
      always,
    );

  it('is one end or one wake under a lease that is held, of a state that may follow, and nothing without', () =>
    holds(({ given, error, state, conclusion }) => {
      const mayConclude = given.leaseIsHeld && !(error instanceof LeaseLost);
      if (!mayConclude) {
        expect([state, conclusion]).toEqual([null, null]);
        return;
      }
      expect(conclusion).not.toBeNull();
      const to = conclusion?.kind === 'end' ? conclusion.ending.state : conclusion?.state;
      expect(state).toBe(to);
      expect(transitions.running).toContain(state);
    }));

  it('calls nothing failed, skipped or canceled of which a commit is open or done', () =>
    holds(({ run, conclusion }) => {
      if (conclusion?.kind !== 'end') return;
      if (run.somethingIsOrMayBeOut) expect(['published', 'unconfirmed']).toContain(conclusion.ending.state);
    }));

  it('is published exactly by what is proven to be out first, and says what is missing', () =>
    holds(({ run, conclusion }) => {
      if (conclusion?.kind !== 'end') return;
      const first = run.firstResult();
      expect(conclusion.ending.state === 'published').toBe(first !== null);
      if (first === null) return;
      const { platformPostId, warnings } = conclusion.ending.patch;
      expect(platformPostId).toBe(first.platformPostId);
      expect(warnings?.some(({ code }) => code === incompleteCode)).toBe(!run.isComplete);
    }));

  it('of a lost answer is never an end: it is looked for, or repeated under a key that still holds', () =>
    holds(
      ({ given, conclusion }) => {
        if (!given.leaseIsHeld) return;
        if (conclusion?.kind !== 'wake') throw new Error('it has ended');
        const [first] = given.commits;
        const keyHolds = first !== undefined && first.calls > 1 && (first.repeatMinutes ?? 0) > 0;
        if (conclusion.wakeReason === 'retry') expect(keyHolds).toBe(true);
        else expect(conclusion.wakeReason).toBe('reconcile');
      },
      fc.constant(new OutcomeUnknown('part:0', null)),
    ));

  it('uses up one retry for each that it grants, never more than the profile has, and none for anything else', () =>
    holds(({ given, conclusion }) => {
      if (conclusion?.kind !== 'wake') return;
      const { wakeReason, patch } = conclusion;
      if (wakeReason !== 'retry' || patch.retries === undefined) {
        expect(patch).not.toHaveProperty('retries');
        return;
      }
      expect(patch.retries).toBe(given.retries + 1);
      expect(patch.retries).toBeLessThanOrEqual(retryProfiles[given.profile].delaysMs.length);
    }));

  it('grants no retry and no wait for others beyond the time that the post says', () =>
    holds(({ given, error, run, conclusion }) => {
      if (conclusion?.kind !== 'wake' || given.giveUpAfterMinutes === null) return;
      const { wakeReason, delayMs } = conclusion;
      if (!['retry', 'rate_limit', 'budget', 'circuit', 'same_content_open'].includes(wakeReason)) return;
      if (error instanceof OutcomeUnknown) return;
      expect(run.waitedMs(delayMs)).toBeLessThanOrEqual(given.giveUpAfterMinutes * minute);
    }));

  it('waits as it was told to, for as long as it was told to, where a run was suspended in time', () =>
    holds(({ given, error, run, conclusion }) => {
      if (!(error instanceof Suspended) || conclusion?.kind !== 'wake') return;
      const { wakeReason, delayMs, state } = error;
      const wokenAtOnce = wakeReason === 'platform_off' && !given.staysOff;
      const looksFirst = run.openCommits().length > 0 && conclusion.wakeReason === 'reconcile';
      if (looksFirst && wakeReason !== 'reconcile') return;
      expect(conclusion).toMatchObject({ wakeReason, state, delayMs: wokenAtOnce ? 0 : delayMs });
    }));

  it('renews a login once: what its successor meets is for a person', () =>
    holds(
      ({ given, conclusion }) => {
        const { used, renewedBefore } = given.versions;
        const asked = used !== null && (renewedBefore === null || used <= renewedBefore);
        expect(world.renewals).toBe(asked ? 1 : 0);
        if (!given.leaseIsHeld) return;
        const goesOn = asked && given.renewal !== 'expired';
        const renewed = conclusion?.kind === 'wake' && conclusion.wakeReason === 'auth_renewed';
        expect(renewed).toBe(goesOn);
      },
      failure.filter(({ kind }) => kind === 'auth_expired'),
    ));

  it('does not call unconfirmed what an answer has settled meanwhile', () =>
    holds(({ given, run, conclusion }) => {
      if (!given.answered || run.openCommits().length === 0 || conclusion?.kind !== 'end') return;
      expect(conclusion.ending.state).not.toBe('unconfirmed');
    }));

  it('of a gate that passes it over is skipped, and nothing of it was called', () =>
    holds(
      ({ given, run, conclusion }) => {
        if (!given.leaseIsHeld || run.somethingIsOrMayBeOut) return;
        expect(conclusion).toMatchObject({ kind: 'end', ending: { state: 'skipped' } });
      },
      fc.constantFrom(new Skipped('too_late'), new Skipped('platform_disabled')),
    ));
});
