import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { UnitOfWork, updatedRows } from '../database/index.js';
import { newId } from '../ids/index.js';
import { DeadLetterEntity } from './entities/dead-letter.entity.js';

export interface NewDeadLetter {
  readonly kind: 'delivery';
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

  /** Newest first. */
  list({ before, limit }: { readonly before?: string; readonly limit: number }): Promise<DeadLetterEntity[]> {
    return this.unitOfWork.manager.find(DeadLetterEntity, {
      where: {
        workspaceId: this.unitOfWork.workspaceId,
        ...(before === undefined ? {} : { id: LessThan(before) }),
      },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** Delivers it again, from its first attempt on; false when there is no such dead letter. */
  async revive(id: string): Promise<boolean> {
    const { manager, workspaceId } = this.unitOfWork;
    const removed: unknown = await manager.query(
      `DELETE FROM dead_letters WHERE workspace_id = $1 AND id = $2 RETURNING subject_id`,
      [workspaceId, id],
    );
    const [letter] = updatedRows<{ subject_id: string }>(removed);
    if (letter === undefined) return false;
    await manager.query(
      `UPDATE deliveries SET state = 'pending', attempts = 0, next_attempt_at = fanfare.now()
        WHERE workspace_id = $1 AND event_id = split_part($2, '/', 1)::uuid AND listener = split_part($2, '/', 2)
          AND state = 'dead'`,
      [workspaceId, letter.subject_id],
    );
    return true;
  }
}
