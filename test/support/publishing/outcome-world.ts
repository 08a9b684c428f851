import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ManualClock } from '../../../src/common/clock/index.js';
import { UnitOfWork } from '../../../src/common/database/index.js';
import { EventRecorder } from '../../../src/common/events/index.js';
import { CredentialVault } from '../../../src/modules/accounts/index.js';
import { Circuits } from '../../../src/modules/publishing/circuits/circuits.js';
import { ContextFactory } from '../../../src/modules/publishing/context.factory.js';
import { CommitEntity } from '../../../src/modules/publishing/entities/commit.entity.js';
import { PublicationEntity } from '../../../src/modules/publishing/entities/publication.entity.js';
import { ForgottenCalls } from '../../../src/modules/publishing/forgotten.calls.js';
import { LedgerRepository } from '../../../src/modules/publishing/ledger.repository.js';
import { Budgets } from '../../../src/modules/publishing/limits/budgets.js';
import { PlatformSwitches } from '../../../src/modules/publishing/platform.switches.js';
import {
  type Changed,
  type PublicationPatch,
  PublicationRepository,
} from '../../../src/modules/publishing/publication.repository.js';
import { PublicationRun } from '../../../src/modules/publishing/publication.run.js';
import { assertTransition, type WakeReason } from '../../../src/modules/publishing/publication.states.js';
import { Reconciler } from '../../../src/modules/publishing/reconciler.js';
import { RunOutcome } from '../../../src/modules/publishing/run.outcome.js';
import { type Ending, SettlementService } from '../../../src/modules/publishing/settlement.service.js';
import { type StoredError, storeError } from '../../../src/modules/publishing/stored-error.js';
import { WakeQueue } from '../../../src/modules/publishing/wake.queue.js';
import { type BasePublisher, PublishError } from '../../../src/platforms/core/index.js';

/** What a run came to: an end, or a next wake. */
export type Conclusion =
  | { readonly kind: 'end'; readonly ending: Ending }
  | {
      readonly kind: 'wake';
      readonly state: string;
      readonly wakeReason: WakeReason;
      readonly delayMs: number;
      readonly patch: PublicationPatch;
    };

export const token = 'the-lease';
const start = new Date('2026-01-01T12:00:00.000Z');
const account = {
  id: 'account',
  platform: 'model',
  externalId: 'model',
  displayName: 'Model',
  handle: null,
  metadata: {},
};
const lostCall = storeError(
  new PublishError({ kind: 'transient', code: 'model.lost', message: 'It was lost.', remedy: 'Wait.' }),
  null,
);

/** One publication in memory, and the engine's own conclusions about its runs: thousands of them in a second. */
export class OutcomeWorld {
  readonly clock = new ManualClock(start);
  readonly commits = new Map<string, CommitEntity>();
  /** Keys of commits with a call of which nobody knows what it has created. */
  readonly unproven = new Set<string>();
  readonly conclusions: Conclusion[] = [];
  row: PublicationEntity = publicationAt(start);
  /** Whether the run still has the right to decide. */
  leaseIsHeld = true;
  renewal: 'renewed' | 'already_renewed' | 'expired' = 'renewed';
  renewals = 0;
  /** Milliseconds that the platform wants to be left alone. */
  pauseMs = 60_000;
  /** Whether the switched off platform is off for sure when a run falls asleep. */
  staysOff = true;
  outcome: RunOutcome;
  reconciler: Reconciler;

  static async open(): Promise<OutcomeWorld> {
    const world = new OutcomeWorld();
    const provided = [...world.providers()].map(([provide, useValue]) => ({ provide, useValue }));
    const testing = await Test.createTestingModule({
      providers: [RunOutcome, Reconciler, ...provided],
    }).compile();
    Logger.overrideLogger(false);
    world.outcome = testing.get(RunOutcome);
    world.reconciler = testing.get(Reconciler);
    return world;
  }

  /** A new publication, which a run has claimed. */
  begin(row: Partial<PublicationEntity>): void {
    this.row = Object.assign(publicationAt(this.clock.now()), row);
    this.commits.clear();
    this.unproven.clear();
    this.conclusions.length = 0;
    this.renewals = 0;
    this.leaseIsHeld = true;
  }

  run(publisher: BasePublisher): PublicationRun {
    const claimed = {
      at: this.clock.now(),
      monotonicMs: this.clock.monotonicMs(),
      wokenBy: this.row.wakeReason ?? 'due',
    };
    this.row.state = 'running';
    const publication = Object.assign(new PublicationEntity(), this.row);
    const content = { text: 'words', link: null, media: [], thread: [], settings: {} };
    const run = new PublicationRun(publication, content, 1, token, account, publisher, claimed, this.clock);
    run.attemptId = 'attempt';
    this.show(run);
    return run;
  }

  /** What the ledger holds of commits, as the run sees it from now on. */
  show(run: PublicationRun): void {
    for (const [key, commit] of this.commits) run.commits.set(key, copyOf(commit));
  }

  commit(key: string, values: Partial<CommitEntity>): CommitEntity {
    const now = this.clock.now();
    const fresh: Partial<CommitEntity> = {
      key,
      position: this.commits.size,
      state: 'open',
      calls: 1,
      contentRevision: 1,
      firstStartedAt: now,
      lastStartedAt: now,
      deadlineAt: now,
      repeatUntil: null,
      firstAbsentAt: null,
      looks: 0,
      result: null,
    };
    const commit = Object.assign(new CommitEntity(), this.commits.get(key) ?? fresh, values);
    this.commits.set(key, commit);
    return commit;
  }

  /** Unless one of its calls may have created it. */
  clear(commit: CommitEntity): void {
    if (!this.unproven.has(commit.key)) commit.state = 'clear';
  }

  private *providers(): Generator<[abstract new (...args: never[]) => unknown, object]> {
    yield [UnitOfWork, { run: (_: string, work: () => Promise<unknown>) => work() }];
    yield [PublicationRepository, this.publications()];
    yield [LedgerRepository, this.ledger()];
    yield [
      SettlementService,
      {
        lockPlan: () => Promise.resolve({}),
        end: (_: object, __: string, ending: Ending) => this.end(ending),
      },
    ];
    yield [WakeQueue, { publication: () => undefined }];
    yield [EventRecorder, { record: () => undefined }];
    yield [CredentialVault, { renew: () => this.renew() }];
    yield [Budgets, { tooMany: (_: object, ms: number | null) => Promise.resolve(ms ?? this.pauseMs) }];
    yield [PlatformSwitches, { waitsForSure: () => Promise.resolve(this.staysOff) }];
    yield [ContextFactory, { forReconcile: () => ({}) }];
    yield [ForgottenCalls, { isAmbiguous: () => Promise.resolve(false) }];
    yield [Circuits, { failing: () => Promise.resolve(false) }];
  }

  private publications(): object {
    return {
      now: () => Promise.resolve(this.clock.now()),
      lockUnderLease: () => Promise.resolve(this.leaseIsHeld ? this.row : null),
      forgetGoingOut: () => Promise.resolve(),
      wake: (
        row: PublicationEntity,
        { state }: Changed,
        wakeReason: WakeReason,
        delayMs: number,
        patch: PublicationPatch,
      ) => {
        assertTransition(row.state, state);
        Object.assign(row, patch, { state, wakeReason });
        this.leaseIsHeld = false;
        this.conclusions.push({ kind: 'wake', state, wakeReason, delayMs, patch });
        return Promise.resolve({ wakeNo: this.conclusions.length, inMs: delayMs });
      },
    };
  }

  private ledger(): object {
    const stored = (commit: CommitEntity): CommitEntity => {
      const found = this.commits.get(commit.key);
      if (found === undefined) throw new Error(`there is no commit ${commit.key}`);
      return found;
    };
    return {
      endAttempt: () => Promise.resolve(),
      read: () => Promise.resolve({ steps: [], commits: [...this.commits.values()].map(copyOf) }),
      findCommit: (_: string, __: number, key: string) =>
        Promise.resolve(copyOf(stored(this.commit(key, {})))),
      addLook: (commit: CommitEntity, verdict: string) => {
        const row = stored(commit);
        row.looks += 1;
        if (verdict === 'absent') row.firstAbsentAt ??= this.clock.now();
        return Promise.resolve();
      },
      judge: ({ key }: CommitEntity): Promise<StoredError> => {
        this.unproven.delete(key);
        return Promise.resolve(lostCall);
      },
      clearIfProven: (commit: CommitEntity) => {
        this.clear(stored(commit));
        return Promise.resolve(commit.state === 'clear');
      },
      endRepeating: (commit: CommitEntity) => {
        stored(commit).repeatUntil = this.clock.now();
        return Promise.resolve();
      },
      markDone: (commit: CommitEntity, result: CommitEntity['result']) => {
        Object.assign(stored(commit), { state: 'done', result });
        return Promise.resolve();
      },
    };
  }

  private end(ending: Ending): Promise<boolean> {
    if (!this.leaseIsHeld) return Promise.resolve(false);
    assertTransition(this.row.state, ending.state);
    Object.assign(this.row, ending.patch, { state: ending.state, wakeReason: null });
    this.leaseIsHeld = false;
    this.conclusions.push({ kind: 'end', ending });
    return Promise.resolve(true);
  }

  private renew(): Promise<OutcomeWorld['renewal']> {
    this.renewals += 1;
    return Promise.resolve(this.renewal);
  }
}

function publicationAt(dueAt: Date): PublicationEntity {
  const row: Partial<PublicationEntity> = {
    workspaceId: 'workspace',
    id: 'publication',
    planId: 'plan',
    postId: 'post',
    accountId: account.id,
    platform: account.platform,
    state: 'waiting',
    dueAt,
    policy: {},
    retries: 0,
    renewedVersion: null,
    patienceFrom: null,
    suspectedAt: null,
    publishedAt: null,
    wakeReason: 'due',
    warnings: [],
  };
  return Object.assign(new PublicationEntity(), row);
}

function copyOf(commit: CommitEntity): CommitEntity {
  return Object.assign(new CommitEntity(), commit);
}
