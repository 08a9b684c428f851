import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';

/** What is about to end is looked at so many days before, and then at most every so many hours. */
const ahead = `interval '7 days'`;
const pause = `interval '6 hours'`;

export interface EndingLogin {
  readonly workspaceId: string;
  readonly accountId: string;
  readonly version: number;
}

interface EndingRow {
  workspace_id: string;
  id: string;
  credentials_version: number;
}

export interface ToldEnd {
  readonly platform: string;
  readonly endsAt: Date;
}

/** Which logins of all workspaces end soon, and what was done about them. */
@Injectable()
export class LoginRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Over all workspaces, those that end first. */
  findEnding(limit: number): Promise<EndingLogin[]> {
    return this.unitOfWork.sweep(async (manager) => {
      const rows = await manager.query<EndingRow[]>(
        `SELECT workspace_id, id, credentials_version FROM accounts
          WHERE state = 'connected' AND expires_at < (SELECT fanfare.now()) + ${ahead}
            AND (renewal_tried_at IS NULL OR renewal_tried_at < (SELECT fanfare.now()) - ${pause})
          ORDER BY expires_at, id LIMIT $1`,
        [limit],
      );
      return rows.map((row) => ({
        workspaceId: row.workspace_id,
        accountId: row.id,
        version: row.credentials_version,
      }));
    });
  }

  /** Whoever is answered true looks after it now; inside the open unit of work. */
  async take({ accountId, version }: EndingLogin): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE accounts SET renewal_tried_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND credentials_version = $3 AND state = 'connected'
          AND (renewal_tried_at IS NULL OR renewal_tried_at < (SELECT fanfare.now()) - ${pause})
       RETURNING id`,
      [this.unitOfWork.workspaceId, accountId, version],
    );
    return updatedRows(result).length > 0;
  }

  /**
   * Notes that somebody is told of the end, inside the open unit of work. Null when it does not end within so many hours, or
   * when this end was told of already.
   */
  async tell(accountId: string, withinHours: number): Promise<ToldEnd | null> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE accounts SET end_told_for = expires_at
        WHERE workspace_id = $1 AND id = $2 AND state = 'connected'
          AND expires_at < (SELECT fanfare.now()) + make_interval(hours => $3)
          AND end_told_for IS DISTINCT FROM expires_at
       RETURNING platform, expires_at`,
      [this.unitOfWork.workspaceId, accountId, withinHours],
    );
    const [row] = updatedRows<{ platform: string; expires_at: Date }>(result);
    return row === undefined ? null : { platform: row.platform, endsAt: row.expires_at };
  }
}
