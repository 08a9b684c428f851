import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { MediaUseEntity } from './entities/media-use.entity.js';

export interface MediaUse {
  readonly postId: string;
  /** Null: the post itself names the file; else the plan that has frozen it. */
  readonly planId: string | null;
  readonly startedAt: Date;
  /** Null: still in use. */
  readonly endedAt: Date | null;
}

/** Rows of `media_uses`, inside the open unit of work. */
@Injectable()
export class UsesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Answers which of the files exist. Their rows cannot be deleted until the unit of work has ended. */
  async begin(postId: string, holderId: string, assetIds: readonly string[]): Promise<string[]> {
    const rows = await this.unitOfWork.manager.query<{ asset_id: string }[]>(
      `INSERT INTO media_uses (workspace_id, asset_id, post_id, holder_id)
       SELECT a.workspace_id, a.id, $2, $3 FROM assets a
        WHERE a.workspace_id = $1 AND a.id = ANY ($4::uuid[]) ORDER BY a.id FOR KEY SHARE
       ON CONFLICT (workspace_id, asset_id, post_id, holder_id) DO UPDATE SET ended_at = NULL, done = false
       RETURNING asset_id`,
      [this.unitOfWork.workspaceId, postId, holderId, [...assetIds]],
    );
    return rows.map((row) => row.asset_id);
  }

  async endOthers(postId: string, holderId: string, assetIds: readonly string[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE media_uses SET ended_at = fanfare.now()
        WHERE workspace_id = $1 AND post_id = $2 AND holder_id = $3 AND ended_at IS NULL
          AND NOT (asset_id = ANY ($4::uuid[]))`,
      [this.unitOfWork.workspaceId, postId, holderId, [...assetIds]],
    );
  }

  async endOfPost(postId: string): Promise<void> {
    await this.end('post_id', postId);
  }

  async endOfHolder(holderId: string): Promise<void> {
    await this.end('holder_id', holderId);
  }

  /** The post is out; answers its files that nobody but this plan still waits to send. */
  async finish(postId: string, planId: string): Promise<string[]> {
    const { manager, workspaceId } = this.unitOfWork;
    const result: unknown = await manager.query(
      `UPDATE media_uses SET done = true WHERE workspace_id = $1 AND post_id = $2 AND holder_id = $2
        RETURNING asset_id`,
      [workspaceId, postId],
    );
    const held = await manager.findBy(MediaUseEntity, { workspaceId, postId, holderId: planId });
    const named = updatedRows<{ asset_id: string }>(result).map((row) => row.asset_id);
    const touched = [...new Set([...named, ...held.map((use) => use.assetId)])];
    if (touched.length === 0) return [];
    const waiting = await manager.find(MediaUseEntity, {
      where: { workspaceId, assetId: In(touched), endedAt: IsNull(), done: false, holderId: Not(planId) },
    });
    const busy = new Set(waiting.map((use) => use.assetId));
    return touched.filter((id) => !busy.has(id)).toSorted();
  }

  /** Newest first. */
  async list(assetId: string, limit: number): Promise<MediaUse[]> {
    const { manager, workspaceId } = this.unitOfWork;
    const rows = await manager.find(MediaUseEntity, {
      where: { workspaceId, assetId },
      order: { startedAt: 'DESC', postId: 'DESC', holderId: 'DESC' },
      take: limit,
    });
    return rows.map(({ postId, holderId, startedAt, endedAt }) => ({
      postId,
      planId: holderId === postId ? null : holderId,
      startedAt,
      endedAt,
    }));
  }

  /** Posts that are not out yet and name a file of these bytes. */
  openOf(sha256: string): Promise<{ postId: string; assetId: string }[]> {
    return this.unitOfWork.manager.query(
      `SELECT DISTINCT u.post_id AS "postId", u.asset_id AS "assetId" FROM media_uses u
         JOIN assets a ON a.workspace_id = u.workspace_id AND a.id = u.asset_id
        WHERE u.workspace_id = $1 AND a.sha256 = $2 AND u.ended_at IS NULL AND NOT u.done
        ORDER BY 1, 2 LIMIT 200`,
      [this.unitOfWork.workspaceId, sha256],
    );
  }

  /** A post that is out needs its file no more. */
  isUsed(assetId: string): Promise<boolean> {
    const { manager, workspaceId } = this.unitOfWork;
    return manager.exists(MediaUseEntity, {
      where: { workspaceId, assetId, endedAt: IsNull(), done: false },
    });
  }

  async forget(assetId: string): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.delete(MediaUseEntity, { workspaceId, assetId });
  }

  private async end(column: 'post_id' | 'holder_id', id: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE media_uses SET ended_at = fanfare.now() WHERE workspace_id = $1 AND ${column} = $2 AND ended_at IS NULL`,
      [this.unitOfWork.workspaceId, id],
    );
  }
}
