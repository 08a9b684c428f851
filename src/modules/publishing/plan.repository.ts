import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { PlanEntity } from './entities/plan.entity.js';
import { PublishRequestEntity } from './entities/publish-request.entity.js';

export type PlanStanding = Pick<PlanEntity, 'status' | 'outcome' | 'partiallyFailed'>;

@Injectable()
export class PlanRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  find(id: string): Promise<PlanEntity | null> {
    return this.unitOfWork.manager.findOneBy(PlanEntity, { workspaceId: this.unitOfWork.workspaceId, id });
  }

  lock(id: string): Promise<PlanEntity | null> {
    return this.locked('p.id = :value', id);
  }

  lockOfOccurrence(occurrenceId: string): Promise<PlanEntity | null> {
    return this.locked('p.occurrence_id = :value', occurrenceId);
  }

  /** The newest plan of a post; ids sort by the time of making. */
  async findLatest(postId: string): Promise<PlanEntity | null> {
    return this.unitOfWork.manager.findOne(PlanEntity, {
      where: { workspaceId: this.unitOfWork.workspaceId, postId },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  async lockLatest(postId: string): Promise<PlanEntity | null> {
    const latest = await this.findLatest(postId);
    return latest === null ? null : this.lock(latest.id);
  }

  async insert(row: Partial<PlanEntity>): Promise<boolean> {
    const result = await this.unitOfWork.manager
      .createQueryBuilder()
      .insert()
      .into(PlanEntity)
      .values(row)
      .orIgnore()
      .updateEntity(false)
      .returning(['id'])
      .execute();
    return (result.raw as unknown[]).length === 1;
  }

  async update(plan: PlanEntity, patch: Partial<PlanEntity>): Promise<void> {
    await this.unitOfWork.manager.update(PlanEntity, { workspaceId: plan.workspaceId, id: plan.id }, patch);
    Object.assign(plan, patch);
  }

  /** Something of it is open. Writes nothing where nothing changes. */
  async reopen(plan: PlanEntity, standing: PlanStanding): Promise<void> {
    const { status, outcome, partiallyFailed } = standing;
    const isSo =
      plan.status === status && plan.outcome === outcome && plan.partiallyFailed === partiallyFailed;
    if (!isSo) await this.update(plan, { ...standing, settledAt: null });
  }

  /** Nothing of it is open any more. Each settling has a number. */
  async settle(plan: PlanEntity, standing: PlanStanding): Promise<void> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE plans SET status = $3, outcome = $4, partially_failed = $5, settled_at = fanfare.now(), settled_revision = $6
        WHERE workspace_id = $1 AND id = $2 RETURNING settled_at AS "settledAt", settled_revision AS "settledRevision"`,
      [
        plan.workspaceId,
        plan.id,
        standing.status,
        standing.outcome,
        standing.partiallyFailed,
        plan.settledRevision + 1,
      ],
    );
    const [settled] = updatedRows<Pick<PlanEntity, 'settledAt' | 'settledRevision'>>(result);
    Object.assign(plan, standing, settled);
  }

  /** Marks the first run as begun; false when it had begun before. */
  async start(id: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE plans SET started_at = fanfare.now(), status = 'processing'
        WHERE workspace_id = $1 AND id = $2 AND started_at IS NULL AND settled_at IS NULL RETURNING id`,
      [this.unitOfWork.workspaceId, id],
    );
    return updatedRows(result).length === 1;
  }

  findRequest(requestId: string): Promise<PublishRequestEntity | null> {
    return this.unitOfWork.manager.findOneBy(PublishRequestEntity, {
      workspaceId: this.unitOfWork.workspaceId,
      requestId,
    });
  }

  /** Serialises requests with the same id, and requests about the same post, for the rest of the transaction. */
  async lockRequest(postId: string): Promise<void> {
    await this.unitOfWork.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `publish-request:${postId}`,
    ]);
  }

  async rememberRequest(requestId: string, planId: string): Promise<void> {
    await this.unitOfWork.manager.insert(PublishRequestEntity, {
      workspaceId: this.unitOfWork.workspaceId,
      requestId,
      planId,
    });
  }

  private locked(condition: string, value: string): Promise<PlanEntity | null> {
    return this.unitOfWork.manager
      .createQueryBuilder(PlanEntity, 'p')
      .where('p.workspace_id = :workspaceId', { workspaceId: this.unitOfWork.workspaceId })
      .andWhere(condition, { value })
      .setLock('pessimistic_write')
      .getOne();
  }
}
