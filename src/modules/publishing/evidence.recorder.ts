import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import type { AnswerEvidence } from '../../common/http/index.js';
import type { CommitResult, PublishError } from '../../platforms/core/index.js';
import { Delay } from './delay.js';
import type { CommitEntity } from './entities/commit.entity.js';
import { LateEvidence } from './late.evidence.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationRepository } from './publication.repository.js';
import type { PublicationRun } from './publication.run.js';
import { storeError } from './stored-error.js';

/** Milliseconds between two tries to store an answer while the database is away. */
const retryMs = 1_000;

/** Stores what a call came to. It needs no lease, and keeps trying until the database takes it. */
@Injectable()
export class EvidenceRecorder {
  private readonly logger = new Logger(EvidenceRecorder.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly late: LateEvidence,
    private readonly publications: PublicationRepository,
    private readonly delay: Delay,
  ) {}

  async done(
    run: PublicationRun,
    key: string,
    callId: string,
    result: CommitResult,
    answer: AnswerEvidence | null,
  ): Promise<void> {
    const call = {
      id: callId,
      publicationId: run.id,
      contentRevision: run.contentRevision,
      key,
      token: run.token,
    };
    await this.untilStored(run, callId, async () => {
      const mine = await this.durably(run, key, () => this.ledger.closeOwn(call, result, answer));
      if (mine.done) return mine.commit;
      const { commit } = await this.durably(run, key, async () => {
        await this.late.takeIn(callId, result, answer);
        await this.publications.progressed(run.id, run.token);
        return true;
      });
      return commit;
    });
  }

  async refused(
    run: PublicationRun,
    key: string,
    callId: string,
    error: PublishError,
    answer: AnswerEvidence | null,
  ): Promise<void> {
    await this.untilStored(run, callId, async () => {
      const { commit } = await this.durably(run, key, async () => {
        await this.late.takeInRefusal(callId, { answer, error: storeError(error, null) });
        return true;
      });
      return commit;
    });
  }

  async unknown(
    run: PublicationRun,
    key: string,
    callId: string,
    error: PublishError,
    answer: AnswerEvidence | null,
  ): Promise<void> {
    await this.untilStored(run, callId, async () => {
      const { commit } = await this.durably(run, key, async () => {
        await this.ledger.addOutcome(callId, 'unknown', {
          answer,
          result: null,
          error: storeError(error, null),
        });
        return true;
      });
      return commit;
    });
  }

  /** Writes in a transaction of its own; with the commit as it is then, where `write` did something. */
  private durably(
    run: PublicationRun,
    key: string,
    write: () => Promise<boolean>,
  ): Promise<{ readonly done: boolean; readonly commit: CommitEntity | null }> {
    return this.unitOfWork.run(
      run.workspaceId,
      async () => {
        const done = await write();
        return {
          done,
          commit: done ? await this.ledger.findCommit(run.id, run.contentRevision, key) : null,
        };
      },
      { durable: true },
    );
  }

  /** The run goes on with the commit as it is then. */
  private async untilStored(
    run: PublicationRun,
    callId: string,
    store: () => Promise<CommitEntity | null>,
  ): Promise<void> {
    for (;;) {
      try {
        const commit = await store();
        if (commit !== null) run.commits.set(commit.key, commit);
        return;
      } catch (error) {
        this.logger.error({
          msg: 'the answer of a call could not be stored yet',
          publicationId: run.id,
          callId,
          err: error,
        });
        await this.delay.for(retryMs);
      }
    }
  }
}
