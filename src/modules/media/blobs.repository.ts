import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { BlobEntity } from './entities/blob.entity.js';

/** How long a process is believed that says it is writing bytes. */
const pendingFor = `interval '6 hours'`;
const free = `reference_count = 0 AND (pending = 0 OR keep_until < (SELECT fanfare.now()))`;

/** Everything that references these bytes is a file that rests. Previews and renditions are used as long as they are there. */
const resting = `reference_count > 0 AND reference_count =
  (SELECT count(*) FROM assets a WHERE a.sha256 = blobs.sha256 AND a.archived_at IS NOT NULL)`;

/** Rows of `blobs`. They belong to no workspace; all but the methods that open a sweep of their own run inside the caller's unit of work. */
@Injectable()
export class BlobsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Says that these bytes are about to be written: until `attach` or `abandon` nobody frees them. */
  async reserve(sha256: string, bytes: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO blobs AS b (sha256, bytes, pending, keep_until)
       VALUES ($1, $2, 1, fanfare.now() + ${pendingFor})
       ON CONFLICT (sha256) DO UPDATE
         SET pending = b.pending + 1, keep_until = greatest(b.keep_until, excluded.keep_until)`,
      [sha256, bytes],
    );
  }

  /** Turns a reservation into a reference. */
  async attach(sha256: string): Promise<void> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE blobs SET reference_count = reference_count + 1, pending = greatest(0, pending - 1)
        WHERE sha256 = $1 RETURNING sha256`,
      [sha256],
    );
    if (updatedRows(result).length === 0)
      throw new Error(`The bytes ${sha256} were freed before they were used: writing them took too long.`);
  }

  async abandon(sha256: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE blobs SET pending = greatest(0, pending - 1) WHERE sha256 = $1`,
      [sha256],
    );
  }

  async sizeOf(sha256: string): Promise<number> {
    const row = await this.unitOfWork.manager.findOneByOrFail(BlobEntity, { sha256 });
    return Number(row.bytes);
  }

  /** Takes one reference away. */
  async release(sha256: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE blobs SET reference_count = reference_count - 1 WHERE sha256 = $1`,
      [sha256],
    );
  }

  /** Of those that nobody references any more, across workspaces. Opens a sweep of its own. */
  async findFree(limit: number): Promise<string[]> {
    const rows = await this.unitOfWork.sweep((manager) =>
      manager.query<{ sha256: string }[]>(
        `SELECT sha256 FROM blobs WHERE ${free} ORDER BY keep_until LIMIT $1`,
        [limit],
      ),
    );
    return rows.map((row) => row.sha256);
  }

  /** Of those that belong into the archive and are not there, or the other way round. Opens a sweep of its own. */
  async findToMove(intoArchive: boolean, limit: number): Promise<string[]> {
    const rows = await this.unitOfWork.sweep((manager) =>
      manager.query<{ sha256: string }[]>(
        intoArchive
          ? `SELECT sha256 FROM blobs WHERE NOT archived AND pending = 0 AND ${resting} ORDER BY sha256 LIMIT $1`
          : `SELECT sha256 FROM blobs WHERE archived AND NOT (${resting}) ORDER BY sha256 LIMIT $1`,
        [limit],
      ),
    );
    return rows.map((row) => row.sha256);
  }

  /** Marks the bytes as moved if that is still right, and calls `work` before the row's lock is given up. */
  move(sha256: string, intoArchive: boolean, work: () => Promise<void>): Promise<boolean> {
    return this.unitOfWork.sweep(async (manager: EntityManager) => {
      const right = intoArchive
        ? `NOT archived AND pending = 0 AND ${resting}`
        : `archived AND NOT (${resting})`;
      const result: unknown = await manager.query(
        `UPDATE blobs SET archived = $2 WHERE sha256 = $1 AND ${right} RETURNING sha256`,
        [sha256, intoArchive],
      );
      if (updatedRows(result).length === 0) return false;
      await work();
      return true;
    });
  }

  /** Deletes the row if nobody references it, and calls `remove` before the row's lock is given up. */
  dropFree(sha256: string, remove: () => Promise<void>): Promise<boolean> {
    return this.unitOfWork.sweep(async (manager: EntityManager) => {
      const result: unknown = await manager.query(
        `DELETE FROM blobs WHERE sha256 = $1 AND ${free} RETURNING sha256`,
        [sha256],
      );
      if (updatedRows(result).length === 0) return false;
      await remove();
      return true;
    });
  }
}
