import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { ConflictError } from '../../common/errors/index.js';
import { AccountDirectory } from '../accounts/index.js';
import type { PlanEntity } from './entities/plan.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { HoldService } from './hold.service.js';
import { PlanRepository } from './plan.repository.js';
import { PublicationRepository } from './publication.repository.js';
import { isEnd } from './publication.states.js';
import { SettlementService } from './settlement.service.js';
import { WakeQueue } from './wake.queue.js';

export type LateAnswer =
  { readonly answer: 'publish' | 'skip' } | { readonly answer: 'reschedule'; readonly dueAt: Date };

/** What a person says of publications that are later than their post allows and ask. Inside a unit of work that has locked the post. */
@Injectable()
export class LateAnswers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly accounts: AccountDirectory,
    private readonly holds: HoldService,
    private readonly settlement: SettlementService,
    private readonly wakes: WakeQueue,
  ) {}

  /** Answers how many had asked. @throws ConflictError when none does. */
  async answer(postId: string, answer: LateAnswer): Promise<number> {
    const plan = await this.plans.lockLatest(postId);
    const asking = plan === null ? [] : (await this.publications.lockOfPlan(plan.id)).filter(asks);
    if (plan === null || asking.length === 0) throw nothingAsks();
    for (const row of asking) {
      if (answer.answer === 'skip') await this.skip(plan, row);
      else await this.letGo(row, answer.answer === 'reschedule' ? answer.dueAt : null);
    }
    return asking.length;
  }

  private async skip(plan: PlanEntity, row: PublicationEntity): Promise<void> {
    const patch = { reason: 'too_late', held: false };
    await this.settlement.endLocked(plan, row, { state: 'skipped', reason: 'too_late', patch }, null);
  }

  /** Null: now, however late; else its late policy counts from the new time. What a hold covers stays held. */
  private async letGo(row: PublicationEntity, dueAt: Date | null): Promise<void> {
    const { brandId } = (await this.accounts.find(row.accountId)) ?? { brandId: null };
    const held = await this.holds.cover(row, brandId);
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE publications
          SET held = $3, reason = NULL, late_allowed = $4::timestamptz IS NULL, due_at = coalesce($4, due_at),
              patience_from = fanfare.now(), wake_at = coalesce($4, fanfare.now()), wake_reason = 'due', wake_no = wake_no + 1,
              swept_at = NULL
        WHERE workspace_id = $1 AND id = $2
       RETURNING wake_no, extract(epoch FROM wake_at - fanfare.now())::double precision * 1000 AS "inMs"`,
      [row.workspaceId, row.id, held, dueAt],
    );
    const [wake] = updatedRows<{ wake_no: number; inMs: number }>(result);
    if (wake === undefined) throw new Error(`publication ${row.id} vanished`);
    const reason = dueAt === null ? 'late_allowed' : 'late_rescheduled';
    await this.publications.note(row, { state: row.state, reason, token: null });
    this.wakes.publication(row.id, { wakeNo: wake.wake_no, inMs: Math.max(0, Math.ceil(wake.inMs)) });
  }
}

/** A question to a person is a mark without a hold; while a run is under way it is not one yet. */
function asks(row: PublicationEntity): boolean {
  return !isEnd(row.state) && row.state !== 'running' && row.held && row.reason === 'too_late';
}

function nothingAsks(): ConflictError {
  return new ConflictError('Nothing of this post asks whether it is still wanted.', {
    code: 'nothing_asked',
    details: { remedy: 'Read where it stands with GET /api/v1/posts/{id}/explain.' },
  });
}
