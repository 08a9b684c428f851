import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError, NotFoundError } from '../../common/errors/index.js';
import { AccountDirectory } from '../accounts/index.js';
import { Continuation } from './continuation.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { DeletionRepository } from './deletion.repository.js';
import { PlatformSwitches } from './platform.switches.js';
import { PublicationRepository } from './publication.repository.js';
import type { RetryFilter } from './retry.filter.js';
import { SettlementService } from './settlement.service.js';
import { isIncomplete } from './stored-error.js';
import { switchWords } from './switch.words.js';
import { LedgerRepository } from './ledger.repository.js';

export type RetryResult =
  | { readonly publicationId: string; readonly retried: true }
  | {
      readonly publicationId: string;
      readonly retried: false;
      readonly code: string;
      readonly message: string;
      readonly remedy: string;
    };

/** Takes up again what ended unsuccessfully: one by one, or by filter. What is unconfirmed is never taken up by filter. */
@Injectable()
export class RetryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly publications: PublicationRepository,
    private readonly settlement: SettlementService,
    private readonly accounts: AccountDirectory,
    private readonly switches: PlatformSwitches,
    private readonly ledger: LedgerRepository,
    private readonly continuation: Continuation,
    private readonly deletions: DeletionRepository,
  ) {}

  /** Throws NotFoundError, or ConflictError that names what has to be mended first. */
  retry(workspaceId: string, publicationId: string): Promise<void> {
    return this.takeUp(workspaceId, publicationId, false);
  }

  private async takeUp(workspaceId: string, publicationId: string, byFilter: boolean): Promise<void> {
    await this.unitOfWork.run(workspaceId, async () => {
      const seen = await this.publications.find(publicationId);
      if (seen === null)
        throw new NotFoundError('There is no such publication.', { code: 'publication_not_found' });
      const plan = await this.settlement.lockPlan(seen.planId);
      const row = await this.publications.lock(publicationId);
      if (row === null)
        throw new NotFoundError('There is no such publication.', { code: 'publication_not_found' });
      await this.assertRetryable(row, byFilter);
      await this.continuation.takeUp(plan, row, 'retry_requested');
    });
  }

  /** Each on its own: one refusal stops no other. `noting` joins the transaction of each that is taken up. */
  async retryMany(
    workspaceId: string,
    filter: RetryFilter,
    noting: (publicationId: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<RetryResult[]> {
    const ids = await this.unitOfWork.run(workspaceId, () => this.publications.findRetryable(filter));
    const results: RetryResult[] = [];
    for (const publicationId of ids) results.push(await this.tryOne(workspaceId, publicationId, noting));
    return results;
  }

  private async tryOne(
    workspaceId: string,
    publicationId: string,
    noting: (publicationId: string) => Promise<void>,
  ): Promise<RetryResult> {
    try {
      await this.unitOfWork.run(workspaceId, async () => {
        await this.takeUp(workspaceId, publicationId, true);
        await noting(publicationId);
      });
      return { publicationId, retried: true };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const { remedy } = error.details;
      return {
        publicationId,
        retried: false,
        code: error.code,
        message: error.message,
        remedy: typeof remedy === 'string' ? remedy : 'Look at the publication.',
      };
    }
  }

  private async assertRetryable(row: PublicationEntity, byFilter: boolean): Promise<void> {
    if (row.state === 'unconfirmed' || (isIncomplete(row) && (await this.hasOpenCommit(row)))) {
      throw refusal(
        'outcome_unknown',
        'Whether it is live is not known, so it cannot be sent again.',
        'Look at the account, then resolve the publication.',
      );
    }
    if (row.state !== 'failed' && row.state !== 'skipped' && !isIncomplete(row)) {
      throw refusal('not_ended', `A publication that is ${row.state} cannot be retried.`, 'Nothing to do.');
    }
    // What follows something that is out can be sent in no other way: a person may ask for it whatever the cause was.
    if (row.error?.kind === 'content_refused' && (byFilter || row.state === 'failed')) {
      throw refusal(
        'cause_is_permanent',
        `The platform refused the content: ${row.error.message}`,
        row.state === 'failed'
          ? `${row.error.remedy} Then publish the post again.`
          : `${row.error.remedy} Then retry this publication alone.`,
      );
    }
    if (await this.deletions.isBegun(row.id)) {
      throw refusal(
        'deleted',
        'What was out of it is deleted on the platform, or was about to be.',
        'Delete the rest of it, and make a new post.',
      );
    }
    const account = await this.accounts.find(row.accountId);
    if (account?.state !== 'connected') {
      throw refusal(
        'account_not_connected',
        'The account is not connected.',
        'Connect the account again, then retry.',
      );
    }
    const off = await this.switches.switchedOff(row.platform);
    if (off !== null) {
      throw refusal(
        'platform_disabled',
        `The platform is switched off ${switchWords[off.by].for}.`,
        `${switchWords[off.by].remedy} Then retry.`,
      );
    }
  }

  private async hasOpenCommit({ id, contentRevision }: PublicationEntity): Promise<boolean> {
    if (contentRevision === null) return false;
    const { commits } = await this.ledger.read(id, contentRevision);
    return commits.some(({ state }) => state === 'open');
  }
}

function refusal(code: string, message: string, remedy: string): ConflictError {
  return new ConflictError(message, { code, details: { remedy } });
}
