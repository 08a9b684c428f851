import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError } from '../../common/errors/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { HttpTransportError } from '../../common/http/index.js';
import { PublishError, type AccountCheck, type Credentials } from '../../platforms/core/index.js';
import { AccountDirectory } from './account.directory.js';
import { AccountExpiry } from './account.expiry.js';
import { AccountRepository } from './account.repository.js';
import type { AccountView } from './account.view.js';
import { noSuchAccount } from './accounts.failures.js';
import { AuditLog } from './audit.log.js';
import type { Caller } from './caller.js';
import { ConnectorCalls } from './connector.calls.js';
import { CredentialRenewal } from './credential.renewal.js';
import { CredentialStore, type OpenedAccount } from './credential.store.js';
import { AccountReconnected } from './events/index.js';

export interface CheckResult {
  /** As it is after the check. */
  readonly account: AccountView;
  /** Null when the account works. */
  readonly failure: PublishError | null;
}

type OpenAccount = OpenedAccount & { readonly credentials: Credentials };

/** The harmless read that proves an account: mends what it can, and marks what only a person can mend. */
@Injectable()
export class AccountChecker {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: AccountDirectory,
    private readonly accounts: AccountRepository,
    private readonly store: CredentialStore,
    private readonly expiry: AccountExpiry,
    private readonly renewal: CredentialRenewal,
    private readonly connectors: ConnectorCalls,
    private readonly events: EventRecorder,
    private readonly audit: AuditLog,
  ) {}

  async check(caller: Caller, accountId: string): Promise<CheckResult> {
    try {
      await this.prove(caller, accountId, true);
      return { account: await this.view(caller, accountId), failure: null };
    } catch (error) {
      const failure = toFailure(error);
      if (failure === null) throw error;
      return { account: await this.view(caller, accountId), failure };
    }
  }

  /** @param renewable whether credentials that ended may be renewed once. */
  private async prove(caller: Caller, accountId: string, renewable: boolean): Promise<void> {
    const opened = await this.open(caller, accountId);
    const { account, credentials } = opened;
    let check: AccountCheck;
    try {
      check = await this.connectors.run(caller.workspaceId, account.platform, (connector, app) =>
        connector.check(account, credentials, app),
      );
    } catch (error) {
      if (!isEnded(error) || !(await this.mend(caller, opened, renewable, error))) throw error;
      await this.prove(caller, accountId, false);
      return;
    }
    await this.unitOfWork.run(caller.workspaceId, () => this.record(caller, opened, check));
  }

  /** True when there are new credentials to try. */
  private async mend(
    { workspaceId }: Caller,
    { account, credentials, state }: OpenAccount,
    renewable: boolean,
    { code }: PublishError,
  ): Promise<boolean> {
    if (state !== 'connected') return false;
    const { id: accountId, platform } = account;
    const { version } = credentials;
    if (renewable) {
      const outcome = await this.renewal.renew({ workspaceId, accountId, failedVersion: version });
      return outcome !== 'expired';
    }
    await this.unitOfWork.run(workspaceId, () => this.expiry.mark({ accountId, platform, version, code }));
    return false;
  }

  private async open(caller: Caller, accountId: string): Promise<OpenAccount> {
    const opened = await this.unitOfWork.run(caller.workspaceId, () => this.store.open(accountId));
    const { credentials } = opened;
    if (credentials !== null) return { ...opened, credentials };
    throw new ConflictError('The account is disconnected.', {
      code: 'account_disconnected',
      details: { remedy: 'Connect it again; its id stays the same.' },
    });
  }

  /** An account that was taken for expired and works is connected again. */
  private async record({ workspaceId, keyId }: Caller, opened: OpenAccount, check: AccountCheck) {
    const { id: accountId, platform } = opened.account;
    const before = await this.accounts.lock(accountId);
    const current = await this.accounts.recordCheck(accountId, opened.credentials.version, check);
    if (!current || before?.state !== 'expired') return;
    this.events.record(new AccountReconnected(workspaceId, { accountId, platform }));
    await this.audit.record({
      keyId,
      action: 'account.revived',
      subjectType: 'account',
      subjectId: accountId,
    });
  }

  private async view({ workspaceId }: Caller, accountId: string): Promise<AccountView> {
    const view = await this.unitOfWork.run(workspaceId, () => this.directory.find(accountId));
    if (view === null) throw noSuchAccount();
    return view;
  }
}

function isEnded(error: unknown): error is PublishError {
  return error instanceof PublishError && error.kind === 'auth_expired';
}

function toFailure(error: unknown): PublishError | null {
  if (error instanceof PublishError) return error;
  if (!(error instanceof HttpTransportError)) return null;
  return new PublishError({
    kind: 'transient',
    code: 'accounts.platform_unreachable',
    message: `The platform could not be reached (${error.reason}).`,
    remedy: 'Try again in a minute.',
    cause: error,
  });
}
