import { Injectable, Logger } from '@nestjs/common';
import { isUniqueViolation, UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { PublishError, type PublishResult, type PublishWarning } from '../../platforms/core/index.js';
import { CredentialVault } from '../accounts/index.js';
import { LeaseLost, OutcomeUnknown, RepeatAbsent, Skipped, Suspended } from './engine.signals.js';
import type { CommitEntity } from './entities/commit.entity.js';
import { PublicationRetrying } from './events/index.js';
import { Budgets } from './limits/budgets.js';
import { LedgerRepository } from './ledger.repository.js';
import { PlatformSwitches } from './platform.switches.js';
import { type PublicationPatch, PublicationRepository } from './publication.repository.js';
import type { PublicationRun } from './publication.run.js';
import type { PublicationState, WakeReason } from './publication.states.js';
import { firstLookInMs } from './reconciler.js';
import { waitsTooLong } from './patience.js';
import { nextRetryDelay, retryProfiles } from './retry-policy.js';
import { type Ending, SettlementService } from './settlement.service.js';
import { incompleteCode, outcomeUnknown, storeError, toPublishError } from './stored-error.js';
import { waitedTooLong } from './waited-too-long.js';
import { WakeQueue } from './wake.queue.js';

/** Draws the conclusion from how a run went: the next wake, or the end. */
@Injectable()
export class RunOutcome {
  private readonly logger = new Logger(RunOutcome.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly publications: PublicationRepository,
    private readonly ledger: LedgerRepository,
    private readonly settlement: SettlementService,
    private readonly wakes: WakeQueue,
    private readonly vault: CredentialVault,
    private readonly recorder: EventRecorder,
    private readonly budgets: Budgets,
    private readonly switches: PlatformSwitches,
  ) {}

  /** `missing`: why not all of it is out. */
  async published(
    run: PublicationRun,
    result: PublishResult,
    missing: { readonly warning: PublishWarning; readonly error: PublishError } | null = null,
  ): Promise<PublicationState | null> {
    const published = (platformPostId: string): Promise<PublicationState | null> =>
      this.end(run, {
        state: 'published',
        reason: 'published',
        patch: {
          platformPostId,
          permalink: result.permalink,
          publishedAt: run.publication.publishedAt ?? run.databaseNow(),
          error: missing === null ? null : storeError(missing.error, null),
          reason: null,
          warnings: [...run.warnings, ...(missing === null ? [] : [missing.warning])],
        },
      });
    try {
      return await published(result.platformPostId);
    } catch (error) {
      if (!isUniqueViolation(error, 'publications_platform_post')) throw error;
      return this.cannotTell(
        run,
        `Another publication is already known by the platform's id ${result.platformPostId}.`,
        'platform_post_taken',
      );
    }
  }

  /** Once its first is out the publication is published, with a warning about what cannot be told. */
  unconfirmed(run: PublicationRun, reason: string): Promise<PublicationState | null> {
    const first = run.firstResult();
    if (first === null) return this.cannotTell(run, reason);
    const warning = {
      code: incompleteCode,
      message: `Whether ${keysOf(run)} is live as well cannot be told: ${reason}`,
    };
    return this.published(run, first, { warning, error: outcomeUnknown(run.publication.platform, reason) });
  }

  private cannotTell(
    run: PublicationRun,
    reason: string,
    cause: 'open_commits' | 'platform_post_taken' = 'open_commits',
  ): Promise<PublicationState | null> {
    const error = storeError(outcomeUnknown(run.publication.platform, reason), null);
    return this.end(run, {
      state: 'unconfirmed',
      reason: cause === 'open_commits' ? 'outcome_unknown' : cause,
      patch: { reason, error, warnings: run.warnings },
    });
  }

  engineCrash(run: PublicationRun, { looksOn }: { looksOn: boolean }): Promise<PublicationState | null> {
    const crash = new PublishError({
      kind: 'transient',
      code: 'engine.crash',
      source: 'system',
      message: 'The engine stopped several times while it worked on this publication.',
      remedy: 'Look for this publication in the log, then retry it.',
    });
    if (!looksOn && run.openCommits().length > 0) return this.unconfirmed(run, crash.message);
    return this.fail(run, crash);
  }

  async after(run: PublicationRun, error: unknown): Promise<PublicationState | null> {
    if (error instanceof LeaseLost || run.controller.signal.aborted) return this.lost(run);
    if (error instanceof Suspended) {
      return waitsTooLong(run, error.wakeReason, error.delayMs)
        ? this.fail(run, waitedTooLong(error.wakeReason))
        : this.suspend(run, error);
    }
    if (error instanceof OutcomeUnknown) return this.look(run, error.commitKey);
    if (error instanceof RepeatAbsent) return this.retry(run, error.failure);
    if (error instanceof Skipped) {
      return this.end(run, {
        state: 'skipped',
        reason: error.reason,
        patch: {
          reason: error.reason,
          error: error.failure === null ? null : storeError(error.failure, null),
          warnings: run.warnings,
        },
      });
    }
    const failure = toPublishError(error, run.publication.platform);
    if (failure.code === 'engine.unexpected')
      this.logger.error({ msg: 'unexpected error in a run', publicationId: run.id, err: error });
    return this.failed(run, failure);
  }

  private failed(run: PublicationRun, failure: PublishError): Promise<PublicationState | null> {
    switch (failure.kind) {
      case 'auth_expired':
        return this.renew(run, failure);
      case 'rate_limited':
        return this.waitForLimit(run, failure);
      case 'transient':
        return this.retry(run, failure);
      case 'outcome_unknown': {
        const [unknown] = run.givenUp.values();
        return unknown === undefined ? this.retry(run, failure) : this.unconfirmed(run, unknown);
      }
      case 'content_refused':
        return this.fail(run, failure);
      case 'platform_disabled':
        if (run.somethingIsOrMayBeOut) return this.fail(run, failure);
        return this.end(run, {
          state: 'skipped',
          reason: 'platform_disabled',
          patch: { reason: 'platform_disabled', error: storeError(failure, null) },
        });
    }
  }

  private look(run: PublicationRun, key: string): Promise<PublicationState | null> {
    const { retries } = run.publication;
    const delayMs = repeats(run, key)
      ? nextRetryDelay(retryProfiles[run.retryProfile], retries, Math.random())
      : null;
    if (delayMs !== null) return this.sleep(run, 'retry', delayMs, 'waiting', { retries: retries + 1 }, null);
    const policy = run.publisher.capabilitiesFor(run.account).reconcile;
    return this.sleep(run, 'reconcile', firstLookInMs(policy), 'waiting', {}, null);
  }

  /** One renewal for a version of the credentials; if its successor is refused as well, only a person can help. */
  private async renew(run: PublicationRun, failure: PublishError): Promise<PublicationState | null> {
    const version = run.credentialsVersion;
    const before = run.publication.renewedVersion;
    if (version === null || (before !== null && version > before)) return this.fail(run, failure);
    const renewed = await this.vault.renew(run.workspaceId, run.publication.accountId, version);
    if (renewed === 'expired') return this.fail(run, failure);
    return this.sleep(run, 'auth_renewed', 0, 'waiting', { renewedVersion: version }, null);
  }

  private async waitForLimit(run: PublicationRun, failure: PublishError): Promise<PublicationState | null> {
    const delayMs = await this.budgets.tooMany(run, failure.retryAfterMs);
    if (waitsTooLong(run, 'rate_limit', delayMs)) return this.fail(run, failure);
    return this.sleep(run, 'rate_limit', delayMs, 'waiting', {}, failure);
  }

  private retry(run: PublicationRun, failure: PublishError): Promise<PublicationState | null> {
    const { retries } = run.publication;
    const delayMs = nextRetryDelay(retryProfiles[run.retryProfile], retries, Math.random());
    if (delayMs === null || waitsTooLong(run, 'retry', delayMs)) return this.fail(run, failure);
    return this.sleep(run, 'retry', delayMs, 'waiting', { retries: retries + 1 }, failure);
  }

  /** Once the first commit is done a later failure leaves the publication published, with a warning that names what is missing. */
  private fail(run: PublicationRun, failure: PublishError): Promise<PublicationState | null> {
    const repeated = run.openCommits().filter((commit) => mayStillRepeat(run, commit));
    if (repeated.length > 0) return this.lookInstead(run, repeated);
    const first = run.firstResult();
    if (first !== null) {
      if (run.isComplete) return this.published(run, first);
      const open = run.openCommits().length === 0 ? '' : ` Whether ${keysOf(run)} is live cannot be told.`;
      const warning = {
        code: incompleteCode,
        message: `Not everything went out: ${failure.message} ${failure.remedy}${open}`,
      };
      return this.published(run, first, { warning, error: failure });
    }
    const [unknown = failure.message] = run.givenUp.values();
    if (run.openCommits().length > 0) return this.unconfirmed(run, unknown);
    return this.end(run, {
      state: 'failed',
      reason: failure.code,
      patch: { error: storeError(failure, null), reason: failure.code, warnings: run.warnings },
    });
  }

  /** What is not to be repeated any more may have been created by the call that was to be repeated: that is looked up first. */
  private lookInstead(
    run: PublicationRun,
    repeated: readonly CommitEntity[],
  ): Promise<PublicationState | null> {
    const policy = run.publisher.capabilitiesFor(run.account).reconcile;
    return this.unitOfWork.run(run.workspaceId, async () => {
      const state = await this.sleep(run, 'reconcile', firstLookInMs(policy), 'waiting', {}, null);
      if (state !== null) for (const commit of repeated) await this.ledger.endRepeating(commit);
      return state;
    });
  }

  private async lost(run: PublicationRun): Promise<null> {
    const { attemptId } = run;
    if (attemptId !== null)
      await this.unitOfWork.run(run.workspaceId, () => this.ledger.endAttempt(attemptId, 'lease_lost', null));
    return null;
  }

  private async end(run: PublicationRun, ending: Ending): Promise<PublicationState | null> {
    return this.unitOfWork.run(
      run.workspaceId,
      async () => {
        if (await this.isOvertaken(run, ending)) return this.goOn(run);
        const ended = await this.settlement.end(run.publication, run.token, ending);
        if (run.attemptId !== null) {
          await this.ledger.endAttempt(
            run.attemptId,
            ended ? ending.state : 'lease_lost',
            ending.patch.error ?? null,
          );
        }
        return ended ? ending.state : null;
      },
      { durable: true },
    );
  }

  /** Whether late evidence has concluded what this run still takes for open. Locks the plan and the row, under which it comes. */
  private async isOvertaken(run: PublicationRun, { state, reason }: Ending): Promise<boolean> {
    const needsOpen = state === 'unconfirmed' && reason === 'outcome_unknown';
    const open = run.openCommits();
    if (open.length === 0 && !needsOpen) return false;
    await this.settlement.lockPlan(run.publication.planId);
    if ((await this.publications.lockUnderLease(run.id, run.token)) === null) return false;
    const { commits } = await this.ledger.read(run.id, run.contentRevision);
    const stillOpen = new Set(commits.filter((commit) => commit.state === 'open').map(({ key }) => key));
    return (needsOpen && stillOpen.size === 0) || open.some(({ key }) => !stillOpen.has(key));
  }

  /** Its conclusion is out of date: the next run draws it from the ledger as it is now. */
  private goOn(run: PublicationRun): Promise<PublicationState | null> {
    return this.sleep(run, 'reconcile', 0, 'waiting', {}, null);
  }

  /** Who switches a platform on wakes those that sleep already: one that falls asleep looks whether it is still off. */
  private suspend(run: PublicationRun, signal: Suspended): Promise<PublicationState | null> {
    const { wakeReason, delayMs, state, patch } = signal;
    return this.unitOfWork.run(run.workspaceId, async () => {
      const late =
        wakeReason === 'platform_off' && !(await this.switches.waitsForSure(run.publication.platform));
      return this.sleep(run, wakeReason, late ? 0 : delayMs, state, patch, null);
    });
  }

  private async sleep(
    run: PublicationRun,
    wakeReason: WakeReason,
    delayMs: number,
    state: 'waiting' | 'with_platform',
    patch: PublicationPatch,
    failure: PublishError | null,
  ): Promise<PublicationState | null> {
    const retryAt = new Date(run.databaseNow().getTime() + delayMs);
    const error = failure === null ? null : storeError(failure, retryAt);
    return this.unitOfWork.run(run.workspaceId, async () => {
      await this.settlement.lockPlan(run.publication.planId);
      const row = await this.publications.lockUnderLease(run.id, run.token);
      if (row === null) return null;
      const changed = {
        state,
        reason: failure?.code ?? wakeReason,
        token: run.token,
        details: { wakeReason, delayMs },
      };
      const set = { ...patch, warnings: run.warnings, ...(error === null ? {} : { error }) };
      this.wakes.publication(row.id, await this.publications.wake(row, changed, wakeReason, delayMs, set));
      if (run.attemptId !== null)
        await this.ledger.endAttempt(run.attemptId, `suspended:${wakeReason}`, error);
      if (wakeReason === 'retry' && failure !== null) this.announceRetry(run, failure, retryAt);
      return state;
    });
  }

  private announceRetry(run: PublicationRun, failure: PublishError, retryAt: Date): void {
    const { id, planId, postId, accountId, platform } = run.publication;
    this.recorder.record(
      new PublicationRetrying(run.workspaceId, {
        publicationId: id,
        planId,
        postId,
        accountId,
        platform,
        code: failure.code,
        retryAt: retryAt.toISOString(),
      }),
    );
  }
}

function keysOf(run: PublicationRun): string {
  return run
    .openCommits()
    .map((commit) => commit.key)
    .join(', ');
}

/** Whether the call whose answer was lost was a repeat already, and is to be repeated again. */
function repeats(run: PublicationRun, key: string): boolean {
  const commit = run.commits.get(key);
  return commit !== undefined && commit.calls > 1 && mayStillRepeat(run, commit);
}

/** Whether the platform still knows our key. What was given up is not repeated. */
function mayStillRepeat(run: PublicationRun, { key, repeatUntil }: CommitEntity): boolean {
  return !run.givenUp.has(key) && repeatUntil !== null && repeatUntil.getTime() > run.databaseNow().getTime();
}
