import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { type OutboundScope, outboundScopes } from '../../common/http/index.js';
import {
  type OpenCommit,
  PublishError,
  type ReconcilePolicy,
  type ReconcileResult,
} from '../../platforms/core/index.js';
import { CredentialVault } from '../accounts/index.js';
import { Circuits } from './circuits/circuits.js';
import { ContextFactory } from './context.factory.js';
import type { CommitEntity } from './entities/commit.entity.js';
import { RepeatAbsent, Suspended } from './engine.signals.js';
import { ForgottenCalls } from './forgotten.calls.js';
import { LedgerRepository } from './ledger.repository.js';
import { Budgets } from './limits/budgets.js';
import { PublicationRepository } from './publication.repository.js';
import type { PublicationRun } from './publication.run.js';
import { retryProfiles } from './retry-policy.js';
import { toPublishError, transient } from './stored-error.js';

/** Milliseconds after a call's deadline from which the settling delay counts (protocol.md §4). */
export const settleAfterDeadlineMs = 15_000;
/** Milliseconds until the next look after one that failed; the last repeats. */
const failedLookDelays = [30_000, 60_000, 5 * 60_000, 15 * 60_000];
/** Milliseconds from the call's deadline after which looking is given up. */
export const stopLookingAfterMs = 24 * 60 * 60_000;

/** Nothing more can be looked up: the publication ends unconfirmed. */
export interface GivenUp {
  readonly commit: CommitEntity;
  readonly reason: string;
}

/** Finds out what became of every open commit, before `publish` runs again (protocol.md §3, §4). */
@Injectable()
export class Reconciler {
  private readonly logger = new Logger(Reconciler.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly publications: PublicationRepository,
    private readonly contexts: ContextFactory,
    private readonly vault: CredentialVault,
    private readonly forgotten: ForgottenCalls,
    private readonly circuits: Circuits,
    private readonly budgets: Budgets,
  ) {}

  /**
   * Null when the run may go on: every open commit is concluded, may be repeated, or keeps no other from going out. Throws
   * Suspended when it has to look again later.
   */
  async reconcile(run: PublicationRun): Promise<GivenUp | null> {
    for (const commit of run.openCommits()) {
      const now = await this.now(run);
      if (mayRepeat(run, commit, now)) continue;
      const givenUp = await this.conclude(run, commit, now);
      if (givenUp === null) continue;
      // One question about a restored publication, not one for each of its commits.
      if (!run.publisher.commitsAreIndependent || run.isForgotten(commit.key)) return givenUp;
      run.givenUp.set(commit.key, givenUp.reason);
    }
    return null;
  }

  private async conclude(run: PublicationRun, commit: CommitEntity, now: Date): Promise<GivenUp | null> {
    const seen = await this.look(run, commit, now);
    switch (seen.verdict) {
      case 'found':
        await this.take(run, commit, 'found', async () => {
          await this.ledger.addLook(commit, 'found', seen.evidence);
          await this.ledger.judge(commit, 'found');
          await this.ledger.markDone(commit, seen.result, 'look');
        });
        return null;
      case 'cannot_tell':
        await this.take(run, commit, 'cannot_tell', () =>
          this.ledger.addLook(commit, 'cannot_tell', { reason: seen.reason }),
        );
        return { commit, reason: seen.reason };
      case 'absent':
        return this.absent(run, commit, seen, now);
    }
  }

  private async absent(
    run: PublicationRun,
    commit: CommitEntity,
    seen: Extract<ReconcileResult, { verdict: 'absent' }>,
    now: Date,
  ): Promise<GivenUp | null> {
    const policy = policyFor(run, commit);
    if (policy.absentAfterLooks === 'never') {
      await this.take(run, commit, 'absent', () =>
        this.ledger.addLook(commit, 'absent_too_early', seen.evidence),
      );
      return { commit, reason: 'This platform can never prove that a post does not exist.' };
    }
    const waitMs = absenceProvenInMs(policy, commit, now);
    if (waitMs > 0) {
      const counts = countsAsFirstAbsence(policy, commit, now);
      await this.take(run, commit, 'absent', () =>
        this.ledger.addLook(commit, counts ? 'absent' : 'absent_too_early', seen.evidence),
      );
      throw new Suspended('reconcile', waitMs);
    }
    const met = await this.take(run, commit, 'absent', async () => {
      await this.ledger.addLook(commit, 'absent', seen.evidence);
      const error = await this.ledger.judge(commit, 'absent');
      await this.ledger.clearIfProven(commit);
      await this.publications.forgetGoingOut(run.id);
      return error;
    });
    if (met !== null && commit.calls > 1) throw new RepeatAbsent(transient(met));
    return null;
  }

  private async look(run: PublicationRun, commit: CommitEntity, now: Date): Promise<ReconcileResult> {
    const forgotten = run.isForgotten(commit.key);
    if (forgotten && policyFor(run, commit).findsForgotten !== true) {
      return {
        verdict: 'cannot_tell',
        reason: 'A backup was restored, and this platform shows no list of posts.',
      };
    }
    const open: OpenCommit = {
      key: commit.key,
      firstStartedAt: commit.firstStartedAt,
      lastStartedAt: commit.lastStartedAt,
      deadlineAt: commit.deadlineAt,
      calls: commit.calls,
      forgotten,
    };
    try {
      const seen = await outboundScopes.run(this.scope(run), () =>
        run.publisher.reconcile(this.contexts.forReconcile(run), open),
      );
      return forgotten && seen.verdict === 'found' && (await this.forgotten.isAmbiguous(run)) ? twins : seen;
    } catch (error) {
      this.logger.warn({
        msg: 'a look failed; it concludes nothing',
        publicationId: run.id,
        commit: commit.key,
        err: error,
      });
      const message = error instanceof Error ? error.message : String(error);
      await this.take(run, commit, 'failed', () => this.ledger.addLook(commit, 'failed', { error: message }));
      await this.circuits.failing(run, error, toPublishError(error, run.publication.platform).code, false);
      if (await this.renewed(run, error)) throw new Suspended('reconcile', 0);
      if (now.getTime() > commit.deadlineAt.getTime() + stopLookingAfterMs) {
        return {
          verdict: 'cannot_tell',
          reason: `Every look for a day has failed, the last one with: ${message}`,
        };
      }
      throw new Suspended(
        'reconcile',
        failedLookDelays[Math.min(commit.looks, failedLookDelays.length - 1)] ?? 60_000,
      );
    }
  }

  private scope(run: PublicationRun): OutboundScope {
    return {
      kind: 'look',
      signal: run.controller.signal,
      onAnswer: (answer) => {
        this.budgets.saw(run, answer);
      },
    };
  }

  /** True when the look failed for ended credentials and new ones are there. */
  private async renewed(run: PublicationRun, error: unknown): Promise<boolean> {
    if (!(error instanceof PublishError) || error.kind !== 'auth_expired' || run.credentialsVersion === null)
      return false;
    const outcome = await this.vault.renew(
      run.workspaceId,
      run.publication.accountId,
      run.credentialsVersion,
    );
    return outcome !== 'expired';
  }

  /** Writes a conclusion under the lease, and reads the commit again. */
  private async take<T>(
    run: PublicationRun,
    commit: CommitEntity,
    verdict: string,
    write: () => Promise<T>,
  ): Promise<T> {
    const { fresh, written } = await this.unitOfWork.run(
      run.workspaceId,
      async () => {
        const row = await this.publications.lockUnderLease(run.id, run.token);
        if (row === null) throw new Suspended('reconcile', 1_000);
        const written = await write();
        return { fresh: await this.ledger.findCommit(run.id, commit.contentRevision, commit.key), written };
      },
      { durable: true },
    );
    if (fresh === null) throw new Error(`commit ${commit.key} vanished while it was ${verdict}`);
    run.commits.set(commit.key, fresh);
    return written;
  }

  private now(run: PublicationRun): Promise<Date> {
    return this.unitOfWork.run(run.workspaceId, () => this.publications.now());
  }
}

const twins: ReconcileResult = {
  verdict: 'cannot_tell',
  reason: 'A backup was restored, and two posts with these words and other media were due on this account.',
};

/** Beyond the first repeat each costs a retry; when none is left, what became of the commit is looked up instead. */
function mayRepeat(run: PublicationRun, commit: CommitEntity, now: Date): boolean {
  if (commit.repeatUntil === null || commit.repeatUntil.getTime() <= now.getTime()) return false;
  return commit.calls < 2 || run.publication.retries < retryProfiles[run.retryProfile].delaysMs.length;
}

/** A key that we chose says nothing about a call in the lost time, which may have had another one. */
function policyFor(run: PublicationRun, commit: CommitEntity): ReconcilePolicy {
  const policy = run.publisher.capabilitiesFor(run.account).reconcile;
  return run.isForgotten(commit.key) ? { ...policy, holdsKey: false } : policy;
}

/** The moment from which the platform's answer counts as complete. */
export function settledAt(policy: ReconcilePolicy, commit: Pick<CommitEntity, 'deadlineAt'>): number {
  return commit.deadlineAt.getTime() + settleAfterDeadlineMs + policy.settleMs;
}

/** Milliseconds until an absence seen now, or at the next look, proves something; 0 when this one does. */
export function absenceProvenInMs(
  policy: ReconcilePolicy,
  commit: Pick<CommitEntity, 'deadlineAt' | 'firstAbsentAt'>,
  now: Date,
): number {
  const early = settledAt(policy, commit) - now.getTime();
  if (early > 0) return early;
  if (policy.absentAfterLooks === 1) return 0;
  if (commit.firstAbsentAt === null) return Math.max(policy.settleMs, 1_000);
  return Math.max(0, commit.firstAbsentAt.getTime() + policy.settleMs - now.getTime());
}

/** Whether an absence seen now is the first of the two that are needed. */
export function countsAsFirstAbsence(
  policy: ReconcilePolicy,
  commit: Pick<CommitEntity, 'deadlineAt'>,
  now: Date,
): boolean {
  return now.getTime() >= settledAt(policy, commit);
}

/** Milliseconds after an unknown outcome until the first look. */
export function firstLookInMs(policy: ReconcilePolicy): number {
  return policy.holdsKey || policy.absentAfterLooks === 'never' ? 1_000 : 5_000;
}
