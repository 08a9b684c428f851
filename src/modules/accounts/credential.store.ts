import { Injectable } from '@nestjs/common';
import { hashSecret } from '../../common/crypto/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import type { AccountRef, Credentials } from '../../platforms/core/index.js';
import { AccountRepository } from './account.repository.js';
import { toAccountView, type AccountState } from './account.view.js';
import { noSuchAccount } from './accounts.failures.js';
import { CredentialRepository } from './credential.repository.js';
import { CredentialSealer } from './credential.sealer.js';

/** An account with its opened credentials: to be used at once and kept nowhere. */
export interface OpenedAccount {
  readonly account: AccountRef;
  readonly state: AccountState;
  readonly lastErrorCode: string | null;
  /** Null once the account is disconnected. */
  readonly credentials: Credentials | null;
}

/** By what accounts of one login are known: the hash of their refresh token; null where there is none. */
export function loginOf(values: Credentials['values']): string | null {
  const refreshToken = values['refreshToken'];
  return refreshToken === undefined ? null : hashSecret(refreshToken);
}

/** Sealed in, opened out; inside the open unit of work. */
@Injectable()
export class CredentialStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly rows: CredentialRepository,
    private readonly sealer: CredentialSealer,
  ) {}

  /** @throws NotFoundError when the workspace has no such account. */
  async open(accountId: string, options: { lock?: boolean } = {}): Promise<OpenedAccount> {
    const account = await (options.lock === true
      ? this.accounts.lock(accountId)
      : this.accounts.find(accountId));
    if (account === null) throw noSuchAccount();
    const { ref, state, lastErrorCode } = toAccountView(account);
    const row = await this.rows.find(accountId);
    const credentials = row === null ? null : this.sealer.open(this.owner(accountId, row.version), row);
    return { account: ref, state, lastErrorCode, credentials };
  }

  put(accountId: string, version: number, values: Credentials['values']): Promise<void> {
    const sealed = this.sealer.seal(this.owner(accountId, version), values);
    return this.rows.put(accountId, version, { ...sealed, login: loginOf(values) });
  }

  private owner(accountId: string, version: number) {
    return { workspaceId: this.unitOfWork.workspaceId, accountId, version };
  }
}
