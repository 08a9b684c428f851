import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import type { AnswerEvidence, RequestEvidence } from '../../common/http/index.js';
import { DeletionEntity } from './entities/deletion.entity.js';
import type { StoredError } from './stored-error.js';

export interface NewDeletion {
  readonly id: string;
  readonly publicationId: string;
  readonly commitKey: string;
  readonly platformPostId: string;
  readonly request: RequestEvidence;
}

export interface DeletionEnd {
  readonly outcome: 'done' | 'refused' | 'unknown';
  readonly answer: AnswerEvidence | null;
  readonly error: StoredError | null;
}

/** Rows of `deletions`, inside the open unit of work. */
@Injectable()
export class DeletionRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  findOf(publicationId: string): Promise<DeletionEntity[]> {
    return this.unitOfWork.manager.find(DeletionEntity, {
      where: { workspaceId: this.unitOfWork.workspaceId, publicationId },
      order: { startedAt: 'ASC', id: 'ASC' },
    });
  }

  /** Keys of the commits whose posts are deleted. */
  async doneKeys(publicationId: string): Promise<ReadonlySet<string>> {
    const rows = await this.unitOfWork.manager.query<{ commit_key: string }[]>(
      `SELECT commit_key FROM deletions WHERE workspace_id = $1 AND publication_id = $2 AND outcome = 'done'`,
      [this.unitOfWork.workspaceId, publicationId],
    );
    return new Set(rows.map((row) => row.commit_key));
  }

  /** Whether something of it is deleted or may be. */
  async isBegun(publicationId: string): Promise<boolean> {
    const [row] = await this.unitOfWork.manager.query<{ begun: boolean }[]>(
      `SELECT EXISTS (SELECT FROM deletions
         WHERE workspace_id = $1 AND publication_id = $2 AND outcome IS DISTINCT FROM 'refused') AS begun`,
      [this.unitOfWork.workspaceId, publicationId],
    );
    return row?.begun === true;
  }

  /** Under the row lock that a retry takes; false when the publication goes on, and is not published any more. */
  async start({ id, publicationId, commitKey, platformPostId, request }: NewDeletion): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<{ id: string }[]>(
      `WITH published AS (
         SELECT id FROM publications WHERE workspace_id = $1 AND id = $3 AND state = 'published' FOR UPDATE)
       INSERT INTO deletions (workspace_id, id, publication_id, commit_key, platform_post_id, request)
       SELECT $1, $2, $3, $4, $5, $6 FROM published RETURNING id`,
      [this.unitOfWork.workspaceId, id, publicationId, commitKey, platformPostId, JSON.stringify(request)],
    );
    return rows.length === 1;
  }

  async end(id: string, { outcome, answer, error }: DeletionEnd): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE deletions SET outcome = $3, answer = $4, error = $5, ended_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND outcome IS NULL`,
      [
        this.unitOfWork.workspaceId,
        id,
        outcome,
        answer === null ? null : JSON.stringify(answer),
        error === null ? null : JSON.stringify(error),
      ],
    );
  }

  /** False when it was deleted before. */
  async markDeleted(publicationId: string): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<[unknown[], number]>(
      `UPDATE publications SET deleted_at = fanfare.now()
        WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING id`,
      [this.unitOfWork.workspaceId, publicationId],
    );
    return rows[1] > 0;
  }
}
