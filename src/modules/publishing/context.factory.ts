import { Injectable } from '@nestjs/common';
import { stableHash } from '../../common/crypto/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { type OutboundScope, outboundScopes } from '../../common/http/index.js';
import {
  type CommitOptions,
  type CommitResult,
  type DroppablePart,
  droppableParts,
  type JsonValue,
  PublishError,
  type PublishContext,
  type PublishWarning,
  type ReconcileContext,
  type StepOptions,
  type WaitOptions,
  type WaitResult,
} from '../../platforms/core/index.js';
import { CommitGate } from './commit.gate.js';
import { LeaseLost, Suspended } from './engine.signals.js';
import { Budgets } from './limits/budgets.js';
import { PublicationRepository } from './publication.repository.js';
import type { PublicationRun } from './publication.run.js';
import { ReadingContext } from './reading.context.js';
import { droppedCode, partNames } from './dropped.parts.js';
import { StepLedger } from './step.ledger.js';

/** Makes the contexts that publishers see. */
@Injectable()
export class ContextFactory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reading: ReadingContext,
    private readonly budgets: Budgets,
    private readonly publications: PublicationRepository,
    private readonly stepLedger: StepLedger,
    private readonly commitGate: CommitGate,
  ) {}

  forPublish(run: PublicationRun): PublishContext {
    for (const part of droppableParts) this.tellDropped(run, part);
    return {
      ...this.reading.of(run),
      step: (key, fn, options) => this.step(run, key, fn, options ?? {}),
      waitFor: (key, look, options) => this.waitFor(run, key, look, options),
      commit: (key: string, fn: () => Promise<CommitResult>, options?: CommitOptions) =>
        this.commitGate.commit(run, key, fn, options ?? {}),
      committed: (key) => Promise.resolve(run.commits.get(key)?.result ?? undefined),
      commitKey: (key) => commitKey(run, key),
      warn: (warning: PublishWarning) => {
        run.warn(warning);
      },
      mayDrop: (part) => run.mayDrop(part),
      isDropped: (part) => this.dropped(run, part) !== null,
      drop: (part, why) => this.drop(run, part, why),
    };
  }

  forReconcile(run: PublicationRun): ReconcileContext {
    return {
      ...this.reading.of(run),
      remembered: (key) => Promise.resolve(this.stepLedger.recall(run, key, run.databaseNow())?.result),
      committed: (key) => Promise.resolve(run.commits.get(key)?.result ?? undefined),
      isTaken: (platformPostId, permalink = null) =>
        this.unitOfWork.run(run.workspaceId, () =>
          this.publications.isTaken(run.publication.accountId, { platformPostId, permalink }, run.id),
        ),
      commitKey: (key) => commitKey(run, key),
    };
  }

  private async step<T extends JsonValue>(
    run: PublicationRun,
    key: string,
    fn: () => Promise<T>,
    options: StepOptions,
  ): Promise<T> {
    const known = this.stepLedger.recall(run, key, run.databaseNow());
    if (known !== undefined) return known.result as T;
    await this.extendLease(run);
    const result = await outboundScopes.run(this.scope(run, 'step'), fn);
    await this.stepLedger.remember(run, key, 'step', result, {
      secret: options.secret ?? false,
      validForMs: options.validForMs ?? null,
    });
    return result;
  }

  private async waitFor<T extends JsonValue>(
    run: PublicationRun,
    key: string,
    look: () => Promise<WaitResult<T>>,
    options: WaitOptions,
  ): Promise<T> {
    const now = run.databaseNow();
    const known = this.stepLedger.recall(run, key, now);
    if (known !== undefined) return known.result as T;
    await this.extendLease(run);
    const seen = await outboundScopes.run(this.scope(run, 'look'), look);
    if (seen.ready) {
      await this.stepLedger.remember(run, key, 'wait', seen.value, { secret: false, validForMs: null });
      return seen.value;
    }
    const row = await this.stepLedger.notReady(run, key);
    if (now.getTime() - row.createdAt.getTime() > options.giveUpAfterMs) {
      throw new PublishError({
        kind: 'transient',
        code: `${run.publication.platform}.processing_too_long`,
        message: `The platform has been working on it for more than ${Math.round(options.giveUpAfterMs / 1000)} s.`,
        remedy: 'Nothing to do: Fanfare looks again. If it persists, try another file.',
        provesNothingCreated: true,
      });
    }
    const delay = options.delaysMs[Math.min(row.looks - 1, options.delaysMs.length - 1)] ?? 5_000;
    // It was answered: when the credentials end during a long wait once more, they may be renewed once more.
    throw new Suspended('look', delay, 'with_platform', { renewedVersion: null });
  }

  private async drop(run: PublicationRun, part: DroppablePart, why: string): Promise<void> {
    if (!run.mayDrop(part)) throw new Error(`The post does not allow ${part} to be left out.`);
    if (this.dropped(run, part) !== null) return;
    await this.stepLedger.remember(run, `dropped:${part}`, 'step', why, { secret: false, validForMs: null });
    this.tellDropped(run, part);
  }

  /** Why it was left out; null when it was not. */
  private dropped(run: PublicationRun, part: DroppablePart): string | null {
    const why = this.stepLedger.recall(run, `dropped:${part}`, run.databaseNow())?.result;
    return typeof why === 'string' ? why : null;
  }

  private tellDropped(run: PublicationRun, part: DroppablePart): void {
    const why = this.dropped(run, part);
    if (why !== null)
      run.warn({ code: droppedCode(part), message: `${partNames[part]} was left out: ${why}` });
  }

  private scope(run: PublicationRun, kind: 'step' | 'look'): OutboundScope {
    return {
      kind,
      signal: run.controller.signal,
      onAnswer: (answer) => {
        this.budgets.saw(run, answer);
      },
    };
  }

  private async extendLease(run: PublicationRun): Promise<void> {
    const held = await this.unitOfWork.run(run.workspaceId, () =>
      this.publications.extendLease(run.id, run.token),
    );
    if (!held) throw new LeaseLost();
  }
}

/** Belongs to the commit and the content revision, never to the attempt. */
function commitKey(run: PublicationRun, key: string): string {
  return stableHash(['commit-key', run.id, run.contentRevision, key]).slice(0, 40);
}
