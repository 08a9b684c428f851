import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import type { PublicationState } from './publication.states.js';

/** What the ledger does not know: from the backup until it was restored. */
export interface LostTime {
  readonly since: Date;
  readonly until: Date;
}

export interface SuspectedRow {
  readonly workspace_id: string;
  readonly id: string;
  readonly post_id: string;
  readonly account_id: string;
  readonly platform: string;
  readonly state: PublicationState;
  readonly due_at: Date;
}

export interface Suspicion extends LostTime {
  /** Also what is due later: a person may have moved it up. */
  readonly upcoming: boolean;
}

/** What is open and due may have gone out; what had failed or was passed over may have been tried again. */
const suspected = `
  suspected_at IS DISTINCT FROM $2::timestamptz AND (
    (state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text]) AND (due_at <= $2 OR $3::boolean))
    OR (state = ANY (ARRAY['failed'::text, 'skipped'::text]) AND due_at BETWEEN $1 AND $2))`;

@Injectable()
export class RestorationRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Remembers the restore; told again of the same one, it answers the first time it was told. */
  begin(since: Date): Promise<LostTime> {
    return this.unitOfWork.sweep(async (manager) => {
      await manager.query(
        `INSERT INTO fanfare.restoration AS r (since, marked_at) VALUES ($1, date_trunc('milliseconds', fanfare.now()))
         ON CONFLICT (single) DO UPDATE SET since = excluded.since, marked_at = excluded.marked_at
          WHERE r.since <> excluded.since`,
        [since],
      );
      return this.lastOrNow(manager, since);
    });
  }

  /** What `begin` would answer. */
  foresee(since: Date): Promise<LostTime> {
    return this.unitOfWork.sweep((manager) => this.lastOrNow(manager, since));
  }

  /** Over all workspaces, oldest first. */
  findSuspected({ since, until, upcoming }: Suspicion): Promise<SuspectedRow[]> {
    return this.unitOfWork.sweep((manager) =>
      manager.query<SuspectedRow[]>(
        `SELECT workspace_id, id, post_id, account_id, platform, state, due_at FROM publications
          WHERE ${suspected} ORDER BY due_at, id`,
        [since, until, upcoming],
      ),
    );
  }

  /** Inside the workspace's unit of work; false when it is not to be suspected any more. */
  async suspect(id: string, { since, until, upcoming }: Suspicion): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE publications SET suspected_since = $1, suspected_at = $2,
              going_out_at = CASE WHEN state = ANY (ARRAY['failed'::text, 'skipped'::text]) THEN going_out_at
                                  ELSE coalesce(going_out_at, $1) END
        WHERE workspace_id = $4 AND id = $5 AND ${suspected} RETURNING id`,
      [since, until, upcoming, this.unitOfWork.workspaceId, id],
    );
    return updatedRows(result).length === 1;
  }

  /** The lost time in which something due then may have gone out; null when nothing was lost. Inside a unit of work. */
  async lostTimeOf(dueAt: Date): Promise<LostTime | null> {
    const [row] = await this.unitOfWork.manager.query<LostTime[]>(
      `SELECT since, marked_at AS until FROM fanfare.restoration WHERE marked_at >= $1`,
      [dueAt],
    );
    return row ?? null;
  }

  private async lastOrNow(manager: EntityManager, since: Date): Promise<LostTime> {
    const [row] = await manager.query<LostTime[]>(
      `SELECT $1::timestamptz AS since,
              coalesce((SELECT marked_at FROM fanfare.restoration r WHERE r.since = $1), fanfare.now()) AS until`,
      [since],
    );
    if (row === undefined) throw new Error('the database told no time');
    return row;
  }
}
