import type { CommitEntity } from '../../../src/modules/publishing/entities/commit.entity.js';
import { OutcomeUnknown } from '../../../src/modules/publishing/engine.signals.js';
import type { PublicationRun } from '../../../src/modules/publishing/publication.run.js';
import { isEnd } from '../../../src/modules/publishing/publication.states.js';
import {
  type FailureKind,
  PublishError,
  type PublishResult,
  type ReconcilePolicy,
  type ReconcileResult,
  type RetryProfileName,
} from '../../../src/platforms/core/index.js';
import { ModelPublisher } from './model-publisher.js';
import type { OutcomeWorld } from './outcome-world.js';

/** What becomes of one visible call. */
export type Fate =
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused'; readonly as: Exclude<FailureKind, 'outcome_unknown' | 'platform_disabled'> }
  /** Nobody hears what came of it. Shares from 0 to 1: of the time in which it may act, and in which it may become visible. */
  | { readonly kind: 'lost'; readonly acts: boolean; readonly late: number; readonly lag: number };

export interface LifePlan {
  readonly reconcile: ReconcilePolicy;
  readonly callDeadlineMs: number;
  /** Milliseconds for which the platform knows our key; null: it knows none. */
  readonly repeatSafeForMs: number | null;
  readonly profile: RetryProfileName;
  /** When they are used up, every call is answered. */
  readonly fates: readonly Fate[];
  /** Looks, by their order, that fail; and those that miss a post which is there, of which each platform has one at most. */
  readonly looks: readonly ('sees' | 'fails' | 'misses')[];
  /** Milliseconds by which each wake comes late. */
  readonly latenessMs: readonly number[];
}

interface Entry {
  readonly id: string;
  readonly visibleAt: number;
}

/** Runs after which a life that has not ended never will. */
const mostRuns = 300;
/** Milliseconds after a call's deadline until which a platform may still take it in. */
const takenInMs = 14_900;

/** A publication with one visible thing, from its first run to its end: calls and looks are played, all conclusions are the engine's. */
export class Life {
  /** What people see, now or later. */
  readonly inbox: Entry[] = [];
  readonly calls = { made: 0, refused: 0, lost: 0 };
  runs = 0;
  private looks = 0;
  private missed = false;

  constructor(
    private readonly world: OutcomeWorld,
    private readonly plan: LifePlan,
    /** Milliseconds from when a post is taken in until it is shown, at most: what its settling delay promises. */
    private readonly lagMs = plan.reconcile.settleMs,
  ) {}

  async live(): Promise<void> {
    const { world, plan } = this;
    world.begin({ policy: { retry: plan.profile } });
    const { reconcile, callDeadlineMs } = plan;
    const publisher = new ModelPublisher({ reconcile, callDeadlineMs, look: () => this.look() });
    while (!isEnd(world.row.state)) {
      if (this.runs === mostRuns) throw new Error(`no end after ${mostRuns} runs`);
      world.leaseIsHeld = true;
      world.renewal = 'renewed';
      await this.conclude(world.run(publisher));
      const last = world.conclusions.at(-1);
      if (last?.kind === 'wake') world.clock.advance(last.delayMs + this.at(plan.latenessMs, this.runs, 0));
      this.runs += 1;
    }
  }

  /** As a claimed run goes: what is open is looked for, then what is missing is sent. */
  private async conclude(run: PublicationRun): Promise<void> {
    const { outcome, reconciler } = this.world;
    try {
      const givenUp = await reconciler.reconcile(run);
      if (givenUp !== null) await outcome.unconfirmed(run, givenUp.reason);
      else await outcome.published(run, await this.send(run));
    } catch (error) {
      await outcome.after(run, error);
    }
  }

  private async send(run: PublicationRun): Promise<PublishResult> {
    const known = this.world.commits.get(key);
    if (known?.state === 'done' && known.result !== null) return known.result;
    run.credentialsVersion = 1 + this.world.renewals;
    const { callDeadlineMs, repeatSafeForMs } = this.plan;
    const now = this.world.clock.now();
    const commit = this.world.commit(key, {
      state: 'open',
      calls: (known?.calls ?? 0) + 1,
      lastStartedAt: now,
      deadlineAt: new Date(now.getTime() + callDeadlineMs),
      firstAbsentAt: null,
      repeatUntil:
        known?.repeatUntil ?? (repeatSafeForMs === null ? null : new Date(now.getTime() + repeatSafeForMs)),
    });
    const fate = this.at<Fate>(this.plan.fates, this.calls.made, { kind: 'answered' });
    this.calls.made += 1;
    try {
      return await this.become(fate, commit);
    } finally {
      this.world.show(run);
    }
  }

  private become(fate: Fate, commit: CommitEntity): Promise<PublishResult> {
    const { clock } = this.world;
    const now = clock.now().getTime();
    switch (fate.kind) {
      case 'answered': {
        const { id } = this.act(now, now);
        const result = { platformPostId: id, permalink: null };
        this.world.commit(key, { state: 'done', result });
        return Promise.resolve(result);
      }
      case 'refused':
        this.calls.refused += 1;
        this.world.clear(this.world.commit(key, {}));
        return Promise.reject(
          new PublishError({ kind: fate.as, code: 'model.refused', message: 'No.', remedy: 'None.' }),
        );
      case 'lost': {
        this.calls.lost += 1;
        this.world.unproven.add(key);
        const actedAt = now + fate.late * (this.plan.callDeadlineMs + takenInMs);
        if (fate.acts) this.act(actedAt, actedAt + fate.lag * this.lagMs);
        clock.advance(commit.deadlineAt.getTime() - now);
        return Promise.reject(new OutcomeUnknown(key, null));
      }
    }
  }

  /** A platform that knows our key makes nothing new of the same one. */
  private act(actedAt: number, visibleAt: number): Entry {
    const [known] = this.inbox;
    if (known !== undefined && this.plan.repeatSafeForMs !== null) return known;
    const entry = { id: `entry-${this.inbox.length + 1}`, visibleAt: Math.max(actedAt, visibleAt) };
    this.inbox.push(entry);
    return entry;
  }

  private look(): Promise<ReconcileResult> {
    const seen = this.at(this.plan.looks, this.looks, 'sees');
    this.looks += 1;
    if (seen === 'fails') return Promise.reject(new Error('the look failed'));
    if (this.plan.reconcile.absentAfterLooks === 'never')
      return Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
    const now = this.world.clock.now().getTime();
    const entry = this.inbox.find(({ visibleAt }) => visibleAt <= now);
    const misses = seen === 'misses' && !this.missed && this.plan.reconcile.absentAfterLooks === 2;
    if (entry !== undefined && misses) this.missed = true;
    if (entry === undefined || misses) return Promise.resolve({ verdict: 'absent', evidence: {} });
    return Promise.resolve({
      verdict: 'found',
      result: { platformPostId: entry.id, permalink: null },
      evidence: {},
    });
  }

  private at<T>(list: readonly T[], index: number, otherwise: T): T {
    return list[index] ?? otherwise;
  }
}

const key = 'part:0';
