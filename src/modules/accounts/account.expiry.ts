import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { AccountRepository } from './account.repository.js';
import { AuditLog } from './audit.log.js';
import { AccountExpired } from './events/index.js';

export interface Expiry {
  readonly accountId: string;
  readonly platform: string;
  /** The version that cannot be renewed. */
  readonly version: number;
  readonly code: string;
}

/** Marks accounts that only a person can mend, once each; inside the open unit of work. */
@Injectable()
export class AccountExpiry {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly events: EventRecorder,
    private readonly audit: AuditLog,
  ) {}

  /** False when it was not connected any more, or has other credentials by now. */
  async mark({ accountId, platform, version, code }: Expiry): Promise<boolean> {
    if (!(await this.accounts.expire(accountId, version, code))) return false;
    this.events.record(new AccountExpired(this.unitOfWork.workspaceId, { accountId, platform, code }));
    await this.audit.record({
      keyId: null,
      action: 'account.expired',
      subjectType: 'account',
      subjectId: accountId,
      details: { code },
    });
    return true;
  }
}
