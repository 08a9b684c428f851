import { Injectable } from '@nestjs/common';
import { isUniqueViolation, UnitOfWork } from '../../common/database/index.js';
import { LeaseLost, Suspended } from './engine.signals.js';
import { fingerprintOf } from './fingerprint.js';
import { ForgottenRepository } from './forgotten.repository.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationRepository } from './publication.repository.js';
import type { PublicationRun } from './publication.run.js';

/**
 * After a backup was restored the ledger does not know what was called in the lost time: each commit of a marked publication
 * counts as called until a look or a person has said otherwise (docs/adr/0016).
 */
@Injectable()
export class ForgottenCalls {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ForgottenRepository,
    private readonly ledger: LedgerRepository,
    private readonly publications: PublicationRepository,
  ) {}

  /** Opens the commit when it may have been called in the lost time, so that it is reconciled like any lost answer. */
  async suspect(run: PublicationRun, key: string): Promise<boolean> {
    if (!run.isSuspected(key)) return false;
    const commit = await this.openDurably(run, key);
    run.commits.set(key, commit);
    return commit.state === 'open';
  }

  /** Whether a post that looks like this one may be another's that says the same beside other media. */
  isAmbiguous(run: PublicationRun): Promise<boolean> {
    if (run.content.media.length === 0 || run.firstResult() !== null) return Promise.resolve(false);
    return this.unitOfWork.run(run.workspaceId, () => this.repository.hasTwin(run.id));
  }

  private async openDurably(
    run: PublicationRun,
    key: string,
  ): Promise<NonNullable<Awaited<ReturnType<LedgerRepository['findCommit']>>>> {
    try {
      return await this.unitOfWork.run(
        run.workspaceId,
        async () => {
          if ((await this.publications.lockUnderLease(run.id, run.token)) === null) throw new LeaseLost();
          await this.repository.open({
            publicationId: run.id,
            accountId: run.publication.accountId,
            contentRevision: run.contentRevision,
            key,
            fingerprint: fingerprintOf(run, key),
            callDeadlineMs: run.publisher.capabilitiesFor(run.account).callDeadlineMs,
          });
          const commit = await this.ledger.findCommit(run.id, run.contentRevision, key);
          if (commit === null) throw new Error(`the forgotten commit ${key} was not stored`);
          return commit;
        },
        { durable: true },
      );
    } catch (error) {
      if (isUniqueViolation(error, 'commits_open_fingerprint'))
        throw new Suspended('same_content_open', 30_000);
      throw error;
    }
  }
}
