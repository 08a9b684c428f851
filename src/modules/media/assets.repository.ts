import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../../common/database/index.js';
import type { MediaKind } from '../../platforms/core/index.js';
import type { Asset } from './asset.js';
import { AssetEntity } from './entities/asset.entity.js';

export interface AssetFilter {
  readonly kind?: MediaKind | undefined;
  /** Part of the file's name or of its alternative text, whatever the case. */
  readonly search?: string | undefined;
  readonly archived?: boolean | undefined;
  /** The last id of the page before. */
  readonly cursor?: string | undefined;
}

export interface UnusedAsset {
  readonly workspaceId: string;
  readonly assetId: string;
}

/** Rows of `assets`; all but `findUnused` inside the open unit of work. */
@Injectable()
export class AssetsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(assetId: string): Promise<Asset | null> {
    const [asset] = await this.findMany([assetId]);
    return asset ?? null;
  }

  async findMany(assetIds: readonly string[]): Promise<Asset[]> {
    const { manager, workspaceId } = this.unitOfWork;
    const rows = await manager.find(AssetEntity, { where: { workspaceId, id: In([...assetIds]) } });
    return rows.map(toAsset);
  }

  /** Waits for whoever is about to name it in a post. */
  async lock(assetId: string): Promise<Asset | null> {
    const { manager, workspaceId } = this.unitOfWork;
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await manager.findOne(AssetEntity, { where: { workspaceId, id: assetId }, lock });
    return row === null ? null : toAsset(row);
  }

  /** Newest first. */
  async list({ kind, search, archived, cursor }: AssetFilter, limit: number): Promise<Asset[]> {
    const { manager, workspaceId } = this.unitOfWork;
    const query = manager
      .createQueryBuilder(AssetEntity, 'asset')
      .where('asset.workspaceId = :workspaceId', { workspaceId })
      .orderBy('asset.id', 'DESC')
      .limit(limit);
    if (kind !== undefined) query.andWhere('asset.kind = :kind', { kind });
    if (archived !== undefined) query.andWhere(`asset.archivedAt IS ${archived ? 'NOT NULL' : 'NULL'}`);
    if (cursor !== undefined) query.andWhere('asset.id < :cursor', { cursor });
    if (search !== undefined) {
      const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
      query.andWhere('(asset.fileName ILIKE :pattern OR asset.altText ILIKE :pattern)', { pattern });
    }
    return (await query.getMany()).map(toAsset);
  }

  async insert(asset: Omit<Asset, 'createdAt' | 'archivedAt'>): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.insert(AssetEntity, { ...asset, bytes: String(asset.bytes), workspaceId });
  }

  async setAltText(assetId: string, altText: string | null): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.update(AssetEntity, { workspaceId, id: assetId }, { altText });
  }

  async delete(assetId: string): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.delete(AssetEntity, { workspaceId, id: assetId });
  }

  async archive(assetIds: readonly string[]): Promise<void> {
    if (assetIds.length === 0) return;
    await this.unitOfWork.manager.query(
      `UPDATE assets SET archived_at = fanfare.now()
        WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND archived_at IS NULL`,
      [this.unitOfWork.workspaceId, [...assetIds]],
    );
  }

  async restore(assetIds: readonly string[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE assets SET archived_at = NULL
        WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND archived_at IS NOT NULL`,
      [this.unitOfWork.workspaceId, [...assetIds]],
    );
  }

  /** Of the same bytes only once. */
  async sumOfBytes(): Promise<number> {
    const [row] = await this.unitOfWork.manager.query<{ total: string }[]>(
      `SELECT coalesce(sum(bytes), 0) AS total
         FROM (SELECT DISTINCT sha256, bytes FROM assets WHERE workspace_id = $1) kept`,
      [this.unitOfWork.workspaceId],
    );
    return Number(row?.total ?? 0);
  }

  count(): Promise<number> {
    const { manager, workspaceId } = this.unitOfWork;
    return manager.countBy(AssetEntity, { workspaceId });
  }

  /** Until the unit of work ends nobody else passes here for this workspace. */
  async lockSum(): Promise<void> {
    await this.unitOfWork.manager.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('media-quota ' || $1::text, 0))`,
      [this.unitOfWork.workspaceId],
    );
  }

  /** Files of any workspace that nobody has used for so long, oldest first. Opens a sweep of its own. */
  findUnused(forMs: number, limit: number): Promise<UnusedAsset[]> {
    return this.unitOfWork.sweep((manager) =>
      manager.query<UnusedAsset[]>(
        `SELECT a.workspace_id AS "workspaceId", a.id AS "assetId" FROM assets a
          WHERE a.created_at < (SELECT fanfare.now()) - $1 * interval '1 millisecond'
            AND NOT EXISTS (
              SELECT FROM media_uses u WHERE u.workspace_id = a.workspace_id AND u.asset_id = a.id
                 AND (u.ended_at IS NULL OR u.ended_at >= (SELECT fanfare.now()) - $1 * interval '1 millisecond'))
          ORDER BY a.created_at LIMIT $2`,
        [forMs, limit],
      ),
    );
  }
}

function toAsset({ workspaceId: _workspace, bytes, ...row }: AssetEntity): Asset {
  return { ...row, bytes: Number(bytes) };
}
