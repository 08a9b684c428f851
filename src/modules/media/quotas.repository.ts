import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { MediaQuotaEntity } from './entities/media-quota.entity.js';

/** Rows of `media_quotas`, inside the open unit of work. */
@Injectable()
export class QuotasRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null: this workspace has no quota of its own. Its `bytes` are null where it has no limit. */
  async find(): Promise<{ readonly bytes: number | null } | null> {
    const { manager, workspaceId } = this.unitOfWork;
    const row = await manager.findOneBy(MediaQuotaEntity, { workspaceId });
    return row === null ? null : { bytes: row.bytes === null ? null : Number(row.bytes) };
  }

  async set(bytes: number | null): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO media_quotas (workspace_id, bytes) VALUES ($1, $2)
       ON CONFLICT (workspace_id) DO UPDATE SET bytes = excluded.bytes, set_at = fanfare.now()`,
      [this.unitOfWork.workspaceId, bytes],
    );
  }

  async clear(): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.delete(MediaQuotaEntity, { workspaceId });
  }
}
