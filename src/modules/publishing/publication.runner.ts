import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { PublishError, type PublishResult } from '../../platforms/core/index.js';
import { PlatformHealth } from './circuits/platform.health.js';
import { ContextFactory } from './context.factory.js';
import { LeaseLost } from './engine.signals.js';
import { ForgottenCalls } from './forgotten.calls.js';
import { assertMediaReady } from './media.readiness.js';
import { GateKeeper } from './gate.keeper.js';
import { LedgerRepository } from './ledger.repository.js';
import { Budgets } from './limits/budgets.js';
import { PublicationRepository } from './publication.repository.js';
import type { PublicationRun } from './publication.run.js';
import type { PublicationState } from './publication.states.js';
import { Reconciler } from './reconciler.js';
import { RunLoader, type WakeRef } from './run.loader.js';
import { RunOutcome } from './run.outcome.js';
import { ShutdownGate } from './shutdown.gate.js';

/** What a branch came to; null when it had nothing to do. */
export interface BranchResult {
  readonly publicationId: string;
  readonly state: PublicationState | null;
}

/** Claims without an ended step after which the engine stops trying. */
export const maxClaims = 5;
/** Claims beyond those in which it still looks for what may be live… */
const claimsToLook = 2;
/** …unless it has begun so often: then each look was followed by the next crashes. */
const mostAttempts = 12;
/** Milliseconds between two extensions of the lease while a run is under way. */
const heartbeatMs = 10_000;

/** One claimed run of one publication, from claim to its next wake or its end. Never throws: each branch is isolated. */
@Injectable()
export class PublicationRunner {
  private readonly logger = new Logger(PublicationRunner.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly loader: RunLoader,
    private readonly publications: PublicationRepository,
    private readonly ledger: LedgerRepository,
    private readonly reconciler: Reconciler,
    private readonly gates: GateKeeper,
    private readonly contexts: ContextFactory,
    private readonly outcome: RunOutcome,
    private readonly forgotten: ForgottenCalls,
    private readonly shutdown: ShutdownGate,
    private readonly budgets: Budgets,
    private readonly health: PlatformHealth,
  ) {}

  async run(ref: WakeRef): Promise<BranchResult> {
    if (this.shutdown.isStopping) return { publicationId: ref.publicationId, state: null };
    return this.shutdown.track(this.runIsolated(ref));
  }

  private async runIsolated(ref: WakeRef): Promise<BranchResult> {
    let state: PublicationState | null = null;
    try {
      const run = await this.loader.load(ref);
      if (run !== null) state = await this.withHeartbeat(run, () => this.runClaimed(run));
    } catch (error) {
      this.logger.error({
        msg: 'a run broke off; the sweep takes it up again',
        publicationId: ref.publicationId,
        err: error,
      });
    }
    return { publicationId: ref.publicationId, state };
  }

  private async runClaimed(run: PublicationRun): Promise<PublicationState | null> {
    try {
      await this.forgotten.suspect(run, run.publisher.firstCommit);
      if (run.publication.claims > maxClaims) return await this.afterCrashes(run);
      const givenUp = await this.reconciler.reconcile(run);
      if (givenUp !== null) return await this.outcome.unconfirmed(run, givenUp.reason);
      await this.gates.beforePublish(run);
      assertMediaReady(run);
      const result = await this.publish(run);
      await this.health.answered(run);
      const [unknown] = run.givenUp.values();
      if (unknown !== undefined) return await this.outcome.unconfirmed(run, unknown);
      return await this.outcome.published(run, result);
    } catch (error) {
      return await this.outcome.after(run, await this.health.judged(run, error));
    } finally {
      await this.budgets.correct(run);
    }
  }

  /**
   * Nothing is sent by this run; but what may be live is looked for, since a death while it was sent says nothing about that. A look
   * that has to be repeated later is an ended step, and the next run goes on as any other.
   */
  private async afterCrashes(run: PublicationRun): Promise<PublicationState | null> {
    const { claims, attemptCount } = run.publication;
    if (claims > maxClaims + claimsToLook || attemptCount > mostAttempts)
      return this.outcome.engineCrash(run, { looksOn: false });
    const givenUp = await this.reconciler.reconcile(run);
    if (givenUp !== null) return this.outcome.unconfirmed(run, givenUp.reason);
    return this.outcome.engineCrash(run, { looksOn: true });
  }

  private async publish(run: PublicationRun): Promise<PublishResult> {
    run.attemptId = await this.unitOfWork.run(run.workspaceId, () =>
      this.ledger.startAttempt(run.id, run.token, run.wokenBy),
    );
    if (run.attemptId === null) throw new LeaseLost();
    const result = await run.publisher.publish(this.contexts.forPublish(run));
    if (!run.somethingIsOrMayBeOut) {
      throw new PublishError({
        kind: 'content_refused',
        code: 'engine.no_commit',
        source: 'system',
        message: `${run.publisher.constructor.name} ended without a visible call.`,
        remedy: 'This is a fault of the publisher; report it.',
      });
    }
    return result;
  }

  /** Long runs keep their lease; a run that lost it is aborted, except for visible calls, which end by themselves. */
  private async withHeartbeat<T>(run: PublicationRun, work: () => Promise<T>): Promise<T> {
    const beat = async (): Promise<void> => {
      try {
        const held = await this.unitOfWork.run(run.workspaceId, () =>
          this.publications.extendLease(run.id, run.token),
        );
        if (!held) run.controller.abort(new LeaseLost());
      } catch (error) {
        this.logger.warn({ msg: 'a heartbeat failed', publicationId: run.id, err: error });
      }
    };
    const timer = setInterval(() => void beat(), heartbeatMs);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}
