import { Injectable, Logger } from '@nestjs/common';
import { DecryptionError, KeyRingError } from '../../common/crypto/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import type { AccountRef, Credentials } from '../../platforms/core/index.js';
import { AccountChecker, type CheckResult } from './account.checker.js';
import { AccountDirectory } from './account.directory.js';
import { AccountRepository } from './account.repository.js';
import { toAccountView, type AccountFilter, type AccountPage, type AccountView } from './account.view.js';
import { noSuchAccount } from './accounts.failures.js';
import { AuditLog } from './audit.log.js';
import type { Caller } from './caller.js';
import { ConnectorCalls } from './connector.calls.js';
import { CredentialRepository } from './credential.repository.js';
import { CredentialStore } from './credential.store.js';
import { AccountDisconnected } from './events/index.js';

interface Disconnected {
  readonly account: AccountRef;
  readonly credentials: Credentials | null;
}

/** What clients do with connected accounts. Connecting is `ConnectService`. */
@Injectable()
export class AccountsService {
  private readonly logger = new Logger(AccountsService.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: AccountDirectory,
    private readonly accounts: AccountRepository,
    private readonly credentials: CredentialRepository,
    private readonly store: CredentialStore,
    private readonly checker: AccountChecker,
    private readonly connectors: ConnectorCalls,
    private readonly events: EventRecorder,
    private readonly audit: AuditLog,
  ) {}

  list(workspaceId: string, filter: AccountFilter): Promise<AccountPage> {
    return this.unitOfWork.run(workspaceId, () => this.directory.list(filter));
  }

  /** @throws NotFoundError */
  async get(workspaceId: string, accountId: string): Promise<AccountView> {
    const view = await this.unitOfWork.run(workspaceId, () => this.directory.find(accountId));
    if (view === null) throw noSuchAccount();
    return view;
  }

  /** Asks the platform whether the account can still be written to. */
  check(caller: Caller, accountId: string): Promise<CheckResult> {
    return this.checker.check(caller, accountId);
  }

  /** Deletes the credentials; the row and its id stay. Telling the platform is a best effort after that. */
  async disconnect(caller: Caller, accountId: string): Promise<void> {
    const { account, credentials } = await this.unitOfWork.run(caller.workspaceId, () =>
      this.remove(caller, accountId),
    );
    if (credentials === null) return;
    try {
      await this.connectors.run(caller.workspaceId, account.platform, (connector, app) =>
        connector.revoke(account, credentials, app),
      );
    } catch (error) {
      this.logger.warn({ msg: 'the platform was not told of a disconnect', accountId, err: error });
    }
  }

  private async remove({ workspaceId, keyId }: Caller, accountId: string): Promise<Disconnected> {
    const row = await this.accounts.lock(accountId);
    if (row === null) throw noSuchAccount();
    const account = toAccountView(row).ref;
    if (row.state === 'disconnected') return { account, credentials: null };
    const credentials = await this.openIfPossible(accountId);
    await this.credentials.remove(accountId);
    await this.accounts.disconnect(accountId);
    const { platform } = account;
    this.events.record(new AccountDisconnected(workspaceId, { accountId, platform }));
    await this.audit.record({
      keyId,
      action: 'account.disconnected',
      subjectType: 'account',
      subjectId: accountId,
      details: { platform },
    });
    return { account, credentials };
  }

  /** A lost encryption key does not stand in the way of disconnecting. */
  private async openIfPossible(accountId: string): Promise<Credentials | null> {
    try {
      return (await this.store.open(accountId)).credentials;
    } catch (error) {
      if (!(error instanceof KeyRingError || error instanceof DecryptionError)) throw error;
      this.logger.warn({ msg: 'credentials of a disconnect cannot be read', accountId, err: error });
      return null;
    }
  }
}
