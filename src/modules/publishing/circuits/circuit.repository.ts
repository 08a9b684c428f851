import type { ObjectLiteral } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../../common/database/index.js';
import { CircuitEntity } from '../entities/circuit.entity.js';
import type { NextWake } from '../publication.repository.js';
import { type CircuitRow, probing } from './circuit.state.js';

/** Workspaces that wait behind a circuit that is closed. */
export interface LeftWaiting {
  readonly workspaceId: string;
  readonly circuit: string;
}

/** Rows of `circuits`, which belong to no workspace, and who was told of them. Inside a unit of work. */
@Injectable()
export class CircuitRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  find(key: string): Promise<CircuitRow | null> {
    return this.unitOfWork.manager.findOneBy(CircuitEntity, { key });
  }

  /** Locks the row, after making it when there is none. */
  async lock(key: string, platform: string): Promise<CircuitRow> {
    const { manager } = this.unitOfWork;
    await manager.query(`INSERT INTO circuits (key, platform) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`, [
      key,
      platform,
    ]);
    const row = await manager
      .createQueryBuilder(CircuitEntity, 'c')
      .where('c.key = :key', { key })
      .setLock('pessimistic_write')
      .getOne();
    if (row === null) throw new Error(`circuit ${key} was not stored`);
    return row;
  }

  async update(key: string, patch: Partial<CircuitEntity>): Promise<void> {
    if (Object.keys(patch).length === 0) return;
    await this.unitOfWork.manager
      .createQueryBuilder()
      .update<ObjectLiteral>(CircuitEntity)
      .set(patch)
      .where({ key })
      .execute();
  }

  /** True when the workspace did not wait behind it yet. */
  async startWaiting(key: string): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO circuit_waits (workspace_id, circuit) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING circuit`,
      [this.unitOfWork.workspaceId, key],
    );
    return rows.length === 1;
  }

  /** True for the one who ends it. */
  async endWaiting(key: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `DELETE FROM circuit_waits WHERE workspace_id = $1 AND circuit = $2 RETURNING circuit`,
      [this.unitOfWork.workspaceId, key],
    );
    return updatedRows(result).length === 1;
  }

  /** Wakes the workspace's publications that wait behind it, one after the other. */
  async wakeWaiting(key: string): Promise<(NextWake & { readonly id: string })[]> {
    const result: unknown = await this.unitOfWork.manager.query(
      `WITH waiting AS (
         SELECT id, row_number() OVER (ORDER BY due_at, id) - 1 AS place FROM publications
          WHERE workspace_id = $1 AND state = 'waiting' AND wake_reason = 'circuit' AND waits_for = $2
            AND lease_token IS NULL)
       UPDATE publications p
          SET wake_at = fanfare.now() + w.place * $3::integer * interval '1 millisecond', wake_no = p.wake_no + 1, swept_at = NULL
         FROM waiting w
        WHERE p.workspace_id = $1 AND p.id = w.id AND p.wake_reason = 'circuit' AND p.lease_token IS NULL
       RETURNING p.id, p.wake_no, w.place::integer AS place`,
      [this.unitOfWork.workspaceId, key, probing.spreadMs],
    );
    return updatedRows<{ id: string; wake_no: number; place: number }>(result).map((row) => ({
      id: row.id,
      wakeNo: row.wake_no,
      inMs: row.place * probing.spreadMs,
    }));
  }

  /** Over all workspaces, as a sweep: who still waits behind a circuit that is closed. */
  leftWaiting(): Promise<LeftWaiting[]> {
    return this.unitOfWork.sweep(async (manager) => {
      const rows = await manager.query<{ workspace_id: string; circuit: string; platform: string }[]>(
        `SELECT w.workspace_id, w.circuit FROM circuit_waits w JOIN circuits c ON c.key = w.circuit WHERE c.state = 'closed'`,
      );
      return rows.map((row) => ({ workspaceId: row.workspace_id, circuit: row.circuit }));
    });
  }
}
