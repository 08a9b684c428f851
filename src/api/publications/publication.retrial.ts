import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { AuditLog, type Caller } from '../../modules/accounts/index.js';
import { type RetryResult, RetryService } from '../../modules/publishing/index.js';
import type { RetryFilterDto } from './retry.dto.js';
import { toFilter } from './unsuccessful.dto.js';

const defaultLimit = 100;

/** Takes up again what ended unsuccessfully, and notes who asked for it. */
@Injectable()
export class PublicationRetrial {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly retries: RetryService,
    private readonly audit: AuditLog,
  ) {}

  one({ workspaceId, keyId }: Caller, publicationId: string): Promise<void> {
    return this.unitOfWork.run(workspaceId, async () => {
      await this.retries.retry(workspaceId, publicationId);
      await this.note(keyId, publicationId, false);
    });
  }

  async many({ workspaceId, keyId }: Caller, body: RetryFilterDto): Promise<RetryResult[]> {
    const { limit = defaultLimit, ended } = body;
    const filter = { ...toFilter(body), ended, limit };
    const results = await this.retries.retryMany(workspaceId, filter, (id) => this.note(keyId, id, true));
    await this.unitOfWork.run(workspaceId, () =>
      this.audit.record({
        keyId,
        action: 'publications.retried',
        subjectType: 'workspace',
        subjectId: workspaceId,
        details: {
          filter: body,
          retried: results.filter((each) => each.retried).length,
        },
      }),
    );
    return results;
  }

  private note(keyId: string | null, subjectId: string, byFilter: boolean): Promise<void> {
    return this.audit.record({
      keyId,
      action: 'publication.retried',
      subjectType: 'publication',
      subjectId,
      details: { byFilter },
    });
  }
}
