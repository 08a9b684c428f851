import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import type { Sealed } from '../../common/crypto/index.js';
import { AccountCredentialEntity } from './entities/account-credential.entity.js';

/** Rows of `account_credentials`, inside the open unit of work. Whoever writes here holds the lock of the account. */
@Injectable()
export class CredentialRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  find(accountId: string): Promise<AccountCredentialEntity | null> {
    return this.rows.findOneBy({ workspaceId: this.unitOfWork.workspaceId, accountId });
  }

  /** Puts credentials in the place of whatever was there; ends the lease. */
  async put(
    accountId: string,
    version: number,
    { keyId, nonce, ciphertext, login }: Sealed & { readonly login: string | null },
  ): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO account_credentials (workspace_id, account_id, version, key_id, nonce, ciphertext, login)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (workspace_id, account_id) DO UPDATE
         SET version = excluded.version, key_id = excluded.key_id, nonce = excluded.nonce,
             ciphertext = excluded.ciphertext, login = excluded.login, refresh_lease_token = NULL, refresh_lease_until = NULL,
             stored_at = fanfare.now()`,
      [this.unitOfWork.workspaceId, accountId, version, keyId, nonce, ciphertext, login],
    );
  }

  /** Of the accounts that were connected by this login. */
  async idsOfLogin(login: string): Promise<string[]> {
    const { workspaceId } = this.unitOfWork;
    const rows = await this.rows.find({ select: { accountId: true }, where: { workspaceId, login } });
    return rows.map(({ accountId }) => accountId);
  }

  /** Of the accounts of the same platform of which it was never noted by what login they came. */
  async idsUnread(accountId: string): Promise<string[]> {
    const rows = await this.unitOfWork.manager.query<{ account_id: string }[]>(
      `SELECT c.account_id FROM account_credentials c JOIN accounts a ON a.workspace_id = c.workspace_id AND a.id = c.account_id
        WHERE c.workspace_id = $1 AND c.login = 'unread'
          AND a.platform = (SELECT platform FROM accounts WHERE workspace_id = $1 AND id = $2)
        ORDER BY c.account_id`,
      [this.unitOfWork.workspaceId, accountId],
    );
    return rows.map((row) => row.account_id);
  }

  async noteLogin(accountId: string, login: string | null): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE account_credentials SET login = $3 WHERE workspace_id = $1 AND account_id = $2 AND login = 'unread'`,
      [this.unitOfWork.workspaceId, accountId, login],
    );
  }

  async remove(accountId: string): Promise<void> {
    await this.rows.delete({ workspaceId: this.unitOfWork.workspaceId, accountId });
  }

  /**
   * Whether somebody has the right to renew; `busy`: somebody is about to take it or to give it back. It never waits: whoever asks
   * holds the lock of an account, and the row may be another one's of the same login. It stays locked.
   */
  async lockLease(accountId: string): Promise<'busy' | 'free' | 'taken'> {
    const rows = await this.unitOfWork.manager.query<{ refresh_lease_token: string | null }[]>(
      `SELECT refresh_lease_token FROM account_credentials WHERE workspace_id = $1 AND account_id = $2
          FOR UPDATE SKIP LOCKED`,
      [this.unitOfWork.workspaceId, accountId],
    );
    const [row] = rows;
    if (row === undefined) return 'busy';
    return row.refresh_lease_token === null ? 'free' : 'taken';
  }

  /** Takes the right to renew for so long, unless somebody has it. */
  async takeLease(accountId: string, token: string, seconds: number): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE account_credentials
          SET refresh_lease_token = $3, refresh_lease_until = fanfare.now() + make_interval(secs => $4)
        WHERE workspace_id = $1 AND account_id = $2
          AND (refresh_lease_until IS NULL OR refresh_lease_until < (SELECT fanfare.now()))
       RETURNING account_id`,
      [this.unitOfWork.workspaceId, accountId, token, seconds],
    );
    return updatedRows(result).length > 0;
  }

  /** Whether somebody has the right to renew now. */
  async isLeased(accountId: string): Promise<boolean> {
    const rows: unknown[] = await this.unitOfWork.manager.query(
      `SELECT 1 FROM account_credentials
        WHERE workspace_id = $1 AND account_id = $2 AND refresh_lease_until >= (SELECT fanfare.now())`,
      [this.unitOfWork.workspaceId, accountId],
    );
    return rows.length > 0;
  }

  /** False when the lease was not ours any more. */
  async endLease(accountId: string, token: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE account_credentials SET refresh_lease_token = NULL, refresh_lease_until = NULL
        WHERE workspace_id = $1 AND account_id = $2 AND refresh_lease_token = $3
       RETURNING account_id`,
      [this.unitOfWork.workspaceId, accountId, token],
    );
    return updatedRows(result).length > 0;
  }

  private get rows(): Repository<AccountCredentialEntity> {
    return this.unitOfWork.manager.getRepository(AccountCredentialEntity);
  }
}
