import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';

/** What is due within this many minutes is handed over: three intervals of the sweep, so that one that fails is not felt. */
const horizon = `(SELECT fanfare.now()) + interval '3 minutes'`;

export interface HandedOver {
  readonly occurrenceId: string;
  readonly postId: string;
  readonly dueAt: Date;
}

export interface DueOccurrence {
  readonly workspaceId: string;
  readonly occurrenceId: string;
  readonly dueAt: Date;
}

interface HandedOverRow {
  id: string;
  post_id: string;
  due_at: Date;
}

interface DueRow {
  workspace_id: string;
  id: string;
  due_at: Date;
  position: string;
}

/** Where the batch before has ended. */
export interface SweepPosition {
  /** PostgreSQL's own text of the time, which is finer than a Date. */
  readonly dueAt: string;
  readonly occurrenceId: string;
}

export interface DueBatch {
  readonly due: readonly DueOccurrence[];
  readonly end: SweepPosition | null;
}

@Injectable()
export class OccurrencesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** False when the occurrence is there already, be it as a tombstone. */
  async insertPlanned(occurrenceId: string, postId: string, dueAt: Date): Promise<boolean> {
    const { manager, workspaceId } = this.unitOfWork;
    const rows = await manager.query<object[]>(
      `INSERT INTO occurrences (workspace_id, id, post_id, state, due_at) VALUES ($1, $2, $3, 'planned', $4)
       ON CONFLICT (workspace_id, id) DO NOTHING RETURNING id`,
      [workspaceId, occurrenceId, postId, dueAt],
    );
    return rows.length > 0;
  }

  /** Marks those of the named that are planned and near; each is answered to one caller only. Never waits for a lock. */
  async handOver(occurrenceIds: readonly string[]): Promise<HandedOver[]> {
    const { manager, workspaceId } = this.unitOfWork;
    const result: unknown = await manager.query(
      `UPDATE occurrences o
          SET state = 'handed_over', handed_over_at = fanfare.now(), updated_at = fanfare.now()
         FROM (SELECT id FROM occurrences
                WHERE workspace_id = $1 AND id = ANY($2::uuid[]) AND state = 'planned' AND due_at <= ${horizon}
                  FOR UPDATE SKIP LOCKED) AS near
        WHERE o.workspace_id = $1 AND o.id = near.id
       RETURNING o.id, o.post_id, o.due_at`,
      [workspaceId, occurrenceIds],
    );
    return updatedRows<HandedOverRow>(result)
      .map((row) => ({ occurrenceId: row.id, postId: row.post_id, dueAt: row.due_at }))
      .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  }

  /** Publishing goes ahead by itself: there is nothing left to hand over. */
  async markHandedOver(occurrenceId: string): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.query(
      `UPDATE occurrences SET state = 'handed_over', handed_over_at = fanfare.now(), updated_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND state = 'planned'`,
      [workspaceId, occurrenceId],
    );
  }

  /** Another date; false when it does not exist or is canceled. */
  async changeDate(occurrenceId: string, dueAt: Date): Promise<boolean> {
    const { manager, workspaceId } = this.unitOfWork;
    const result: unknown = await manager.query(
      `UPDATE occurrences
          SET due_at = $3, state = 'planned', handed_over_at = NULL, handover_no = handover_no + 1,
              updated_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND state <> 'canceled'
       RETURNING id`,
      [workspaceId, occurrenceId, dueAt],
    );
    return updatedRows(result).length > 0;
  }

  /** False when it was canceled before. Writes a tombstone when it does not exist yet. */
  async cancel(occurrenceId: string, postId: string): Promise<boolean> {
    const { manager, workspaceId } = this.unitOfWork;
    const rows = await manager.query<object[]>(
      `INSERT INTO occurrences AS o (workspace_id, id, post_id, state) VALUES ($1, $2, $3, 'canceled')
       ON CONFLICT (workspace_id, id)
       DO UPDATE SET state = 'canceled', updated_at = fanfare.now() WHERE o.state <> 'canceled'
       RETURNING id`,
      [workspaceId, occurrenceId, postId],
    );
    return rows.length > 0;
  }

  /** Near occurrences of all workspaces, oldest first, without those that somebody is changing. Claims nothing. */
  findDue(after: SweepPosition | null, limit: number): Promise<DueBatch> {
    return this.unitOfWork.sweep(async (manager) => {
      const rows = await manager.query<DueRow[]>(
        `SELECT workspace_id, id, due_at, due_at::text AS position FROM occurrences
          WHERE state = 'planned' AND due_at <= ${horizon}
            AND ($2::timestamptz IS NULL OR (due_at, id) > ($2::timestamptz, $3::uuid))
          ORDER BY due_at, id LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [limit, after?.dueAt ?? null, after?.occurrenceId ?? null],
      );
      const last = rows.at(-1);
      return {
        due: rows.map((row) => ({ workspaceId: row.workspace_id, occurrenceId: row.id, dueAt: row.due_at })),
        end: last === undefined ? null : { dueAt: last.position, occurrenceId: last.id },
      };
    });
  }

  async now(): Promise<Date> {
    const [row] = await this.unitOfWork.manager.query<{ now: Date }[]>(`SELECT fanfare.now() AS now`);
    if (row === undefined) throw new Error('the database told no time');
    return row.now;
  }
}
