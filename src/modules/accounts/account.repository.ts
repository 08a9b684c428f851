import { Injectable } from '@nestjs/common';
import { In, LessThan, type FindOptionsWhere, type Repository } from 'typeorm';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import type { AccountCheck, ConnectableAccount, JsonObject } from '../../platforms/core/index.js';
import type { AccountFilter } from './account.view.js';
import { AccountEntity } from './entities/account.entity.js';

export interface ConnectedRow {
  readonly id: string;
  /** The version that its new credentials get; 1 when it was never connected before. */
  readonly version: number;
}

/** Rows of `accounts`, inside the open unit of work. */
@Injectable()
export class AccountRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  find(id: string): Promise<AccountEntity | null> {
    return this.rows.findOneBy({ workspaceId: this.unitOfWork.workspaceId, id });
  }

  /** Locks the row until the unit of work ends. */
  lock(id: string): Promise<AccountEntity | null> {
    const where = { workspaceId: this.unitOfWork.workspaceId, id };
    return this.rows.findOne({ where, lock: { mode: 'pessimistic_write' } });
  }

  findMany(ids: readonly string[]): Promise<AccountEntity[]> {
    return this.rows.findBy({ workspaceId: this.unitOfWork.workspaceId, id: In([...ids]) });
  }

  /** Newest first, starting behind the cursor. */
  list({ platform, brandId, state, cursor }: AccountFilter, limit: number): Promise<AccountEntity[]> {
    const where: FindOptionsWhere<AccountEntity> = {
      workspaceId: this.unitOfWork.workspaceId,
      ...(platform === undefined ? {} : { platform }),
      ...(brandId === undefined ? {} : { brandId }),
      ...(state === undefined ? {} : { state }),
      ...(cursor === undefined ? {} : { id: LessThan(cursor) }),
    };
    return this.rows.find({ where, order: { id: 'DESC' }, take: limit });
  }

  /** Makes the row, or brings the one that was there back to life. The id and the brand stay. */
  async connect(platform: string, account: ConnectableAccount): Promise<ConnectedRow> {
    const rows = await this.unitOfWork.manager.query<{ id: string; credentials_version: number }[]>(
      `INSERT INTO accounts AS a (workspace_id, id, platform, external_id, state, display_name, handle, avatar_url,
                                  metadata, credentials_version, expires_at, checked_at)
       VALUES ($1, $2, $3, $4, 'connected', $5, $6, $7, $8::jsonb, 1, $9, fanfare.now())
       ON CONFLICT (workspace_id, platform, external_id) DO UPDATE
         SET state = 'connected', display_name = excluded.display_name, handle = excluded.handle,
             avatar_url = excluded.avatar_url, metadata = excluded.metadata, expires_at = excluded.expires_at,
             credentials_version = a.credentials_version + 1, last_error_code = NULL,
             connected_at = fanfare.now(), checked_at = fanfare.now()
       RETURNING id, credentials_version`,
      [
        this.unitOfWork.workspaceId,
        newId(),
        platform,
        account.externalId,
        account.displayName,
        account.handle,
        account.avatarUrl,
        JSON.stringify(account.metadata),
        account.expiresAt,
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('INSERT INTO accounts returned no row.');
    return { id: row.id, version: row.credentials_version };
  }

  /** False when the version is no longer the current one. Proof that the account works revives an expired one. */
  async renew(
    id: string,
    failedVersion: number,
    expiresAt: Date | null,
    metadata: JsonObject,
  ): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE accounts
          SET credentials_version = credentials_version + 1, state = 'connected', last_error_code = NULL,
              expires_at = $4, metadata = metadata || $5::jsonb
        WHERE workspace_id = $1 AND id = $2 AND credentials_version = $3 AND state <> 'disconnected'
       RETURNING id`,
      [this.unitOfWork.workspaceId, id, failedVersion, expiresAt, JSON.stringify(metadata)],
    );
    return updatedRows(result).length > 0;
  }

  /** False when it was not connected any more, or has other credentials by now. */
  async expire(id: string, failedVersion: number, code: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE accounts SET state = 'expired', last_error_code = $4
        WHERE workspace_id = $1 AND id = $2 AND credentials_version = $3 AND state = 'connected'
       RETURNING id`,
      [this.unitOfWork.workspaceId, id, failedVersion, code],
    );
    return updatedRows(result).length > 0;
  }

  /** False when the account got other credentials since, or was disconnected. */
  async recordCheck(id: string, version: number, check: AccountCheck): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE accounts
          SET state = 'connected', last_error_code = NULL, checked_at = fanfare.now(), display_name = $4, handle = $5,
              avatar_url = $6, metadata = metadata || $7::jsonb
        WHERE workspace_id = $1 AND id = $2 AND credentials_version = $3 AND state <> 'disconnected'
       RETURNING id`,
      [
        this.unitOfWork.workspaceId,
        id,
        version,
        check.displayName,
        check.handle,
        check.avatarUrl,
        JSON.stringify(check.metadata),
      ],
    );
    return updatedRows(result).length > 0;
  }

  async disconnect(id: string): Promise<void> {
    await this.rows.update(
      { workspaceId: this.unitOfWork.workspaceId, id },
      { state: 'disconnected', expiresAt: null, lastErrorCode: null },
    );
  }

  private get rows(): Repository<AccountEntity> {
    return this.unitOfWork.manager.getRepository(AccountEntity);
  }
}
