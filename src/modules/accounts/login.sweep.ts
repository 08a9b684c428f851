import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { AuditLog } from './audit.log.js';
import { CredentialRenewal } from './credential.renewal.js';
import { AccountEnding } from './events/index.js';
import { type EndingLogin, LoginRepository } from './login.repository.js';

const batch = 200;
/** Somebody is told when renewing did not help, or so late when the platform could not be asked. */
const tellWithinHours = { asked: 7 * 24, unanswered: 24 };

export interface LookedAfter {
  readonly renewed: number;
  readonly told: number;
}

/** Renews logins days before they end, in every workspace, and says so where only a person can. */
@Injectable()
export class LoginSweep {
  private readonly logger = new Logger(LoginSweep.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly logins: LoginRepository,
    private readonly renewal: CredentialRenewal,
    private readonly events: EventRecorder,
    private readonly audit: AuditLog,
  ) {}

  /** What fails for one account is logged and left to a later sweep. */
  async sweepOnce(): Promise<LookedAfter> {
    let [renewed, told] = [0, 0];
    for (const login of await this.logins.findEnding(batch)) {
      const { workspaceId, accountId } = login;
      if (!(await this.unitOfWork.run(workspaceId, () => this.logins.take(login)))) continue;
      const outcome = await this.renew(login);
      if (outcome === 'renewed') renewed += 1;
      const hours = outcome === 'unanswered' ? tellWithinHours.unanswered : tellWithinHours.asked;
      if (await this.unitOfWork.run(workspaceId, () => this.tell(accountId, hours))) told += 1;
    }
    return { renewed, told };
  }

  private async renew({ workspaceId, accountId, version }: EndingLogin): Promise<string> {
    try {
      return await this.renewal.renewAhead({ workspaceId, accountId, failedVersion: version });
    } catch (error) {
      this.logger.warn({
        msg: 'a login that ends soon was not renewed; it is tried again',
        accountId,
        err: error,
      });
      return 'unanswered';
    }
  }

  private async tell(accountId: string, withinHours: number): Promise<boolean> {
    const end = await this.logins.tell(accountId, withinHours);
    if (end === null) return false;
    const endsAt = end.endsAt.toISOString();
    const { workspaceId } = this.unitOfWork;
    this.events.record(new AccountEnding(workspaceId, { accountId, platform: end.platform, endsAt }));
    await this.audit.record({
      keyId: null,
      action: 'account.ending',
      subjectType: 'account',
      subjectId: accountId,
      details: { endsAt },
    });
    return true;
  }
}
