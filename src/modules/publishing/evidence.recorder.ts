import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import type { AnswerEvidence } from '../../common/http/index.js';
import type { CommitResult, PublishError } from '../../platforms/core/index.js';
import { Delay } from './delay.js';
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
    await this.untilStored(run, key, callId, async () => {
      await this.late.takeIn(callId, result, answer);
      await this.publications.progressed(run.id, run.token);
    });
  }

  async refused(
    run: PublicationRun,
    key: string,
    callId: string,
    error: PublishError,
    answer: AnswerEvidence | null,
  ): Promise<void> {
    await this.untilStored(run, key, callId, async () => {
      await this.late.takeInRefusal(callId, { answer, error: storeError(error, null) });
    });
  }

  async unknown(
    run: PublicationRun,
    key: string,
    callId: string,
    error: PublishError,
    answer: AnswerEvidence | null,
  ): Promise<void> {
    await this.untilStored(run, key, callId, async () => {
      await this.ledger.addOutcome(callId, 'unknown', {
        answer,
        result: null,
        error: storeError(error, null),
      });
    });
  }

  /** The run goes on with the commit as it is then. */
  private async untilStored(
    run: PublicationRun,
    key: string,
    callId: string,
    write: () => Promise<void>,
  ): Promise<void> {
    for (;;) {
      try {
        const commit = await this.unitOfWork.run(
          run.workspaceId,
          async () => {
            await write();
            return this.ledger.findCommit(run.id, run.contentRevision, key);
          },
          { durable: true },
        );
        if (commit !== null) run.commits.set(key, commit);
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
