import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork, updatedRows } from '../../../common/database/index.js';
import { newId } from '../../../common/ids/index.js';
import { RenditionEntity } from '../entities/rendition.entity.js';
import type { MadeFile, Rendition, RenditionOrder } from './rendition.js';
import type { MakeRenditionPayload } from './rendition.jobs.js';

/** Seconds for which whoever makes a rendition is believed without a word. */
const leaseSeconds = 60;
const lease = `fanfare.now() + interval '${leaseSeconds} seconds'`;
const failedLately = `updated_at > (SELECT fanfare.now()) - interval '10 minutes'`;
const openStates = `ARRAY['waiting'::text, 'running'::text]`;

export interface WokenRendition extends MakeRenditionPayload {
  readonly wakeNo: number;
}

/** Rows of `renditions`; all but the last method inside the open unit of work. */
@Injectable()
export class RenditionsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Notes an order, once for the same bytes and recipe. Does nothing when the file is gone. */
  async insert({ assetId, sourceSha256, recipe, recipeHash, because }: RenditionOrder): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO renditions (workspace_id, id, source_sha256, source_mime_type, source_bytes, source_duration_ms,
                               recipe_hash, recipe, because, state)
       SELECT a.workspace_id, $3, a.sha256, a.mime_type, a.bytes, a.duration_ms, $5, $6, $7, 'waiting'
         FROM assets a WHERE a.workspace_id = $1 AND a.id = $2 AND a.sha256 = $4 FOR KEY SHARE
       ON CONFLICT (workspace_id, source_sha256, recipe_hash) DO NOTHING`,
      [
        this.unitOfWork.workspaceId,
        assetId,
        newId(),
        sourceSha256,
        recipeHash,
        JSON.stringify(recipe),
        JSON.stringify(because),
      ],
    );
  }

  async find(id: string): Promise<Rendition | null> {
    const { manager, workspaceId } = this.unitOfWork;
    const row = await manager.findOneBy(RenditionEntity, { workspaceId, id });
    return row === null ? null : toRendition(row);
  }

  /** Of these bytes, oldest first. */
  async ofSources(hashes: readonly string[]): Promise<Rendition[]> {
    if (hashes.length === 0) return [];
    const { manager, workspaceId } = this.unitOfWork;
    const where = { workspaceId, sourceSha256: In([...new Set(hashes)]) };
    const rows = await manager.find(RenditionEntity, { where, order: { createdAt: 'ASC', id: 'ASC' } });
    return rows.map(toRendition);
  }

  /** Takes it to make it; false when it is made, given up, or in other hands. */
  async claim(id: string, token: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE renditions
          SET state = 'running', progress = 0, lease_token = $3, lease_until = ${lease}, claims = claims + 1,
              updated_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND state = ANY (${openStates})
          AND (lease_until IS NULL OR lease_until < (SELECT fanfare.now()))
       RETURNING id`,
      [this.unitOfWork.workspaceId, id, token],
    );
    return updatedRows(result).length === 1;
  }

  /** Says how far it is, and that somebody is still at it; false when it is in other hands. */
  async progressed(id: string, token: string, progress: number): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE renditions SET progress = greatest(progress, $4), lease_until = ${lease}, updated_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 RETURNING id`,
      [this.unitOfWork.workspaceId, id, token, progress],
    );
    return updatedRows(result).length === 1;
  }

  /** False when it is in other hands, or gone with its file. */
  async finish(id: string, token: string, made: MadeFile): Promise<boolean> {
    const { sha256, mimeType, bytes, width, height, durationMs, details } = made;
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE renditions
          SET state = 'ready', progress = 100, lease_token = NULL, lease_until = NULL, error = NULL, updated_at = fanfare.now(),
              sha256 = $4, mime_type = $5, bytes = $6, width = $7, height = $8, duration_ms = $9, details = $10
        WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 RETURNING id`,
      [
        this.unitOfWork.workspaceId,
        id,
        token,
        sha256,
        mimeType,
        bytes,
        width,
        height,
        durationMs,
        JSON.stringify(details),
      ],
    );
    return updatedRows(result).length === 1;
  }

  /** It cannot be made. False when it is in other hands. */
  async fail(id: string, token: string, error: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE renditions
          SET state = 'failed', lease_token = NULL, lease_until = NULL, error = $4, updated_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 RETURNING id`,
      [this.unitOfWork.workspaceId, id, token, error],
    );
    return updatedRows(result).length === 1;
  }

  /** Gives it back unmade, for the next sweep. */
  async release(id: string, token: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE renditions
          SET state = 'waiting', lease_token = NULL, lease_until = NULL, updated_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND lease_token = $3`,
      [this.unitOfWork.workspaceId, id, token],
    );
  }

  /** What could not be made some time ago is tried again: the machine may have what it lacked. */
  async reopen(ids: readonly string[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE renditions
          SET state = 'waiting', error = NULL, claims = 0, wake_no = wake_no + 1, updated_at = fanfare.now()
        WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND state = 'failed' AND NOT ${failedLately}`,
      [this.unitOfWork.workspaceId, [...ids]],
    );
  }

  /** Of these, those that could not be made a short time ago: trying them again would be of no use. */
  async failedLately(ids: readonly string[]): Promise<string[]> {
    const rows = await this.unitOfWork.manager.query<{ id: string }[]>(
      `SELECT id FROM renditions
        WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND state = 'failed' AND ${failedLately}`,
      [this.unitOfWork.workspaceId, [...ids]],
    );
    return rows.map(({ id }) => id);
  }

  /** Forgets what was made of bytes that no file of the workspace has any more; answers what it was. */
  async dropOrphans(sourceSha256: string): Promise<string[]> {
    const result: unknown = await this.unitOfWork.manager.query(
      `DELETE FROM renditions r
        WHERE r.workspace_id = $1 AND r.source_sha256 = $2
          AND NOT EXISTS (SELECT FROM assets a WHERE a.workspace_id = $1 AND a.sha256 = $2)
       RETURNING r.sha256`,
      [this.unitOfWork.workspaceId, sourceSha256],
    );
    return updatedRows<{ sha256: string | null }>(result).flatMap(({ sha256 }) => sha256 ?? []);
  }

  /** Those of any workspace that nobody is at, each at most once a minute. Opens a sweep of its own. */
  async wakeLeft(limit: number): Promise<WokenRendition[]> {
    const result: unknown = await this.unitOfWork.sweep((manager) =>
      manager.query(
        `UPDATE renditions r SET wake_no = r.wake_no + 1, swept_at = fanfare.now()
           FROM (SELECT workspace_id, id FROM renditions
                  WHERE state = ANY (${openStates})
                    AND updated_at < (SELECT fanfare.now()) - interval '30 seconds'
                    AND (lease_until IS NULL OR lease_until < (SELECT fanfare.now()))
                    AND (swept_at IS NULL OR swept_at < (SELECT fanfare.now()) - interval '1 minute')
                  ORDER BY updated_at LIMIT $1 FOR UPDATE SKIP LOCKED) AS left_over
          WHERE r.workspace_id = left_over.workspace_id AND r.id = left_over.id
         RETURNING r.workspace_id AS "workspaceId", r.id AS "renditionId", r.wake_no AS "wakeNo"`,
        [limit],
      ),
    );
    return updatedRows<WokenRendition>(result);
  }
}

function toRendition({ workspaceId: _workspace, bytes, sourceBytes, ...row }: RenditionEntity): Rendition {
  return { ...row, sourceBytes: Number(sourceBytes), bytes: bytes === null ? null : Number(bytes) };
}
