import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import type { PostMetrics } from '../../platforms/core/index.js';

export interface KnownMetrics {
  readonly values: PostMetrics['values'];
  readonly readAt: Date;
}

/** Rows of `publication_metrics`, inside the open unit of work. */
@Injectable()
export class MetricsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null when they are older than that, or were never read. */
  async recall(publicationId: string, freshMinutes: number): Promise<KnownMetrics | null> {
    const [row] = await this.unitOfWork.manager.query<{ values: PostMetrics['values']; read_at: Date }[]>(
      `SELECT "values", read_at FROM publication_metrics
        WHERE workspace_id = $1 AND publication_id = $2
          AND read_at > fanfare.now() - make_interval(mins => $3)`,
      [this.unitOfWork.workspaceId, publicationId, freshMinutes],
    );
    return row === undefined ? null : { values: row.values, readAt: row.read_at };
  }

  /** When they were read, by the database. */
  async remember(publicationId: string, values: PostMetrics['values']): Promise<Date> {
    const [row] = await this.unitOfWork.manager.query<{ read_at: Date }[]>(
      `INSERT INTO publication_metrics (workspace_id, publication_id, "values") VALUES ($1, $2, $3)
       ON CONFLICT (workspace_id, publication_id)
         DO UPDATE SET "values" = excluded."values", read_at = fanfare.now()
       RETURNING read_at`,
      [this.unitOfWork.workspaceId, publicationId, JSON.stringify(values)],
    );
    if (row === undefined) throw new Error('the figures were not stored');
    return row.read_at;
  }
}
