import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { newId } from '../ids/index.js';

export interface NewDeadLetter {
  readonly kind: 'delivery' | 'publication';
  readonly subjectId: string;
  readonly reason: string;
  readonly details: object;
}

@Injectable()
export class DeadLetterRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One dead letter per subject; a second ending of the same subject replaces its reason. */
  async add(letter: NewDeadLetter): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO dead_letters (workspace_id, id, kind, subject_id, reason, details)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb)
       ON CONFLICT (workspace_id, kind, subject_id)
       DO UPDATE SET reason = excluded.reason, details = excluded.details, created_at = fanfare.now()`,
      [
        this.unitOfWork.workspaceId,
        newId(),
        letter.kind,
        letter.subjectId,
        letter.reason,
        JSON.stringify(letter.details),
      ],
    );
  }

  async remove(kind: NewDeadLetter['kind'], subjectId: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `DELETE FROM dead_letters WHERE workspace_id = $1 AND kind = $2 AND subject_id = $3`,
      [this.unitOfWork.workspaceId, kind, subjectId],
    );
  }
}
