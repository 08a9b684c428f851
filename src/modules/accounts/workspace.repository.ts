import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';

/** Held for the length of a transaction by whoever makes the first workspace or its first key. */
const firstWorkspaceLock = 7_140_101;
const firstKeyLock = 7_140_102;

/** Rows of `workspaces`. */
@Injectable()
export class WorkspaceRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The id of the oldest workspace, made when there is none. A sweep, because there may be no workspace yet. */
  ensureOldest(name: string): Promise<string> {
    return this.unitOfWork.sweep(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock($1)`, [firstWorkspaceLock]);
      const [oldest] = await manager.query<{ id: string }[]>(
        `SELECT id FROM workspaces ORDER BY created_at, id LIMIT 1`,
      );
      if (oldest !== undefined) return oldest.id;
      const id = newId();
      await manager.query(`INSERT INTO workspaces (id, name) VALUES ($1, $2)`, [id, name]);
      return id;
    });
  }

  /** A sweep, because a unit of work is one of a workspace that is there. */
  async exists(id: string): Promise<boolean> {
    const found = await this.unitOfWork.sweep((manager) =>
      manager.query<unknown[]>(`SELECT 1 FROM workspaces WHERE id::text = $1`, [id]),
    );
    return found.length > 0;
  }

  /** Until the unit of work ends, nobody else makes a first key. */
  async lockFirstKey(): Promise<void> {
    await this.unitOfWork.manager.query(`SELECT pg_advisory_xact_lock($1)`, [firstKeyLock]);
  }
}
