import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import type { NextWake } from './publication.repository.js';

/** Milliseconds between two that go on when a platform is switched on. */
const switchSpreadMs = 200;

/** Publications that wait for something that has come. */
@Injectable()
export class WaitingRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those that wait for a file made of these bytes are due at once; in the order of their ids. */
  async wakeForMedia(sourceSha256: string): Promise<{ id: string; wakeNo: number }[]> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE publications p SET wake_at = fanfare.now(), wake_no = p.wake_no + 1, swept_at = NULL
         FROM (SELECT id FROM publications
                WHERE workspace_id = $1 AND state = 'waiting' AND wake_reason = 'media'
                  AND content::text LIKE '%' || $2 || '%'
                ORDER BY id FOR UPDATE) AS waiting
        WHERE p.workspace_id = $1 AND p.id = waiting.id
       RETURNING p.id, p.wake_no AS "wakeNo"`,
      [this.unitOfWork.workspaceId, sourceSha256],
    );
    return updatedRows<{ id: string; wakeNo: number }>(result);
  }

  /** Those that wait for the platform to be switched on look again, one after the other; from now on counts how long they wait. */
  async wakeForSwitch(platform: string): Promise<(NextWake & { readonly id: string })[]> {
    const result: unknown = await this.unitOfWork.manager.query(
      `WITH waiting AS (
         SELECT id, row_number() OVER (ORDER BY due_at, id) - 1 AS place FROM publications
          WHERE workspace_id = $1 AND state = 'waiting' AND wake_reason = 'platform_off' AND platform = $2)
       UPDATE publications p
          SET wake_at = fanfare.now() + w.place * $3::integer * interval '1 millisecond', wake_no = p.wake_no + 1, swept_at = NULL,
              patience_from = fanfare.now()
         FROM waiting w
        WHERE p.workspace_id = $1 AND p.id = w.id AND p.wake_reason = 'platform_off'
       RETURNING p.id, p.wake_no AS "wakeNo", w.place::integer * $3::integer AS "inMs"`,
      [this.unitOfWork.workspaceId, platform, switchSpreadMs],
    );
    return updatedRows<NextWake & { readonly id: string }>(result);
  }

  /** Whom a switch of the instance concerns now: workspaces with something open there. As a sweep. */
  workspacesWithOpen(platform: string): Promise<string[]> {
    return this.unitOfWork.sweep(async (manager) => {
      const rows = await manager.query<{ workspace_id: string }[]>(
        `SELECT DISTINCT workspace_id FROM publications
          WHERE state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text]) AND platform = $1
          ORDER BY workspace_id`,
        [platform],
      );
      return rows.map((row) => row.workspace_id);
    });
  }
}
