import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import type { ApiKeyScope, NewApiKey } from './api-key.js';
import { ApiKeyEntity } from './entities/api-key.entity.js';

export interface KeyHolder {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly scopes: readonly ApiKeyScope[];
  /** Whether its last use was written down long enough ago to be written down again. */
  readonly stale: boolean;
}

interface HolderRow {
  workspace_id: string;
  id: string;
  scopes: ApiKeyScope[];
  stale: boolean;
}

export interface ApiKeyInput {
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly expiresAt: Date | null;
}

/** Rows of `api_keys`. All but the lookup by hash happens inside the open unit of work. */
@Injectable()
export class ApiKeyRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The valid key of this hash in whichever workspace; a sweep, because no workspace is known yet. */
  findHolder(hash: string): Promise<KeyHolder | null> {
    return this.unitOfWork.sweep(async (manager) => {
      const [row] = await manager.query<HolderRow[]>(
        `SELECT workspace_id, id, scopes,
                (last_used_at IS NULL OR last_used_at < (SELECT fanfare.now()) - interval '1 minute') AS stale
           FROM api_keys
          WHERE hash = $1 AND revoked_at IS NULL
            AND (expires_at IS NULL OR expires_at > (SELECT fanfare.now()))`,
        [hash],
      );
      if (row === undefined) return null;
      return { workspaceId: row.workspace_id, keyId: row.id, scopes: row.scopes, stale: row.stale };
    });
  }

  async markUsed(id: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE api_keys SET last_used_at = fanfare.now() WHERE workspace_id = $1 AND id = $2`,
      [this.unitOfWork.workspaceId, id],
    );
  }

  async insert({ prefix, hash }: NewApiKey, { name, scopes, expiresAt }: ApiKeyInput): Promise<ApiKeyEntity> {
    const { workspaceId } = this.unitOfWork;
    const id = newId();
    await this.rows.insert({ workspaceId, id, name, prefix, hash, scopes: [...scopes], expiresAt });
    return this.rows.findOneByOrFail({ workspaceId, id });
  }

  /** Newest first, the revoked ones too. */
  list(): Promise<ApiKeyEntity[]> {
    return this.rows.find({ where: { workspaceId: this.unitOfWork.workspaceId }, order: { id: 'DESC' } });
  }

  count(): Promise<number> {
    return this.rows.countBy({ workspaceId: this.unitOfWork.workspaceId });
  }

  find(id: string): Promise<ApiKeyEntity | null> {
    return this.rows.findOneBy({ workspaceId: this.unitOfWork.workspaceId, id });
  }

  /** False when it was revoked before. */
  async revoke(id: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE api_keys SET revoked_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL
       RETURNING id`,
      [this.unitOfWork.workspaceId, id],
    );
    return updatedRows(result).length > 0;
  }

  private get rows(): Repository<ApiKeyEntity> {
    return this.unitOfWork.manager.getRepository(ApiKeyEntity);
  }
}
