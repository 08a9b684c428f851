import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../../common/database/index.js';
import { PlanEntity } from './entities/plan.entity.js';
import { PublicationEntity } from './entities/publication.entity.js';
import { countStates, type PlanOutcome, type PlanStatus } from './plan-status.js';
import { PlanRepository } from './plan.repository.js';
import { type PublicationState, publicationStates } from './publication.states.js';
import { isIncomplete } from './stored-error.js';
import { PublicationRepository } from './publication.repository.js';
import { type PublicationStatus, type PublicationView, viewOf } from './publication.view.js';

/** Counts per end, and what is still open. */
export interface PlanSummary {
  readonly total: number;
  readonly published: number;
  readonly failed: number;
  readonly unconfirmed: number;
  readonly skipped: number;
  readonly canceled: number;
  readonly pending: number;
}

export interface PlanView {
  readonly id: string;
  readonly postId: string;
  readonly status: PlanStatus;
  readonly outcome: PlanOutcome | null;
  readonly partiallyFailed: boolean;
  readonly needsAttention: boolean;
  readonly summary: PlanSummary;
  readonly dueAt: Date;
  readonly startedAt: Date | null;
  readonly settledAt: Date | null;
  readonly settledRevision: number;
  readonly contentRevision: number | null;
  readonly leftOut: readonly object[];
  readonly publications: readonly PublicationView[];
}

export interface PublicationFilter {
  readonly status?: PublicationStatus;
  readonly accountId?: string;
  readonly postId?: string;
  /** Id of the last row of the page before; newest first. */
  readonly before?: string;
  readonly limit: number;
}

/** Stored states that a status can come from; the page is filtered again by the derived status. */
const statesOf: Partial<Record<PublicationStatus, readonly PublicationState[]>> = {
  scheduled: ['waiting'],
  queued: ['waiting'],
  publishing: ['running'],
  processing: ['with_platform', 'waiting'],
  retrying: ['waiting'],
  unconfirmed: ['unconfirmed', 'waiting'],
};

/** Read views of plans and publications. Inside a unit of work. */
@Injectable()
export class PlanReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
  ) {}

  async findPlan(planId: string): Promise<PlanView | null> {
    const plan = await this.plans.find(planId);
    return plan === null ? null : this.view(plan, await this.publications.findOfPlan(planId));
  }

  async latestOf(postId: string): Promise<PlanView | null> {
    const plan = await this.plans.findLatest(postId);
    return plan === null ? null : this.view(plan, await this.publications.findOfPlan(plan.id));
  }

  /** The newest plan of each post that has one. */
  async latestOfMany(postIds: readonly string[]): Promise<ReadonlyMap<string, PlanView>> {
    if (postIds.length === 0) return new Map();
    const { workspaceId, manager } = this.unitOfWork;
    const plans = await manager
      .createQueryBuilder(PlanEntity, 'p')
      .distinctOn(['p.post_id'])
      .where('p.workspace_id = :workspaceId AND p.post_id IN (:...postIds)', {
        workspaceId,
        postIds: [...postIds],
      })
      .orderBy('p.post_id')
      .addOrderBy('p.created_at', 'DESC')
      .addOrderBy('p.id', 'DESC')
      .getMany();
    const rows = await manager.find(PublicationEntity, {
      where: { workspaceId, planId: In(plans.map((plan) => plan.id)) },
      order: { id: 'ASC' },
    });
    const views = new Map<string, PlanView>();
    for (const plan of plans)
      views.set(
        plan.postId,
        await this.view(
          plan,
          rows.filter((row) => row.planId === plan.id),
        ),
      );
    return views;
  }

  async findPublication(publicationId: string): Promise<PublicationView | null> {
    const row = await this.publications.find(publicationId);
    return row === null ? null : viewOf(row, await this.publications.now());
  }

  /** Newest first. */
  async listPublications(filter: PublicationFilter): Promise<PublicationView[]> {
    const now = await this.publications.now();
    const found: PublicationView[] = [];
    let before = filter.before;
    while (found.length < filter.limit) {
      const rows = await this.page(filter, before);
      const views = rows.map((row) => viewOf(row, now));
      found.push(...views.filter((view) => filter.status === undefined || view.status === filter.status));
      before = rows.at(-1)?.id;
      if (rows.length < filter.limit) break;
    }
    return found.slice(0, filter.limit);
  }

  private page(filter: PublicationFilter, before: string | undefined): Promise<PublicationEntity[]> {
    const query = this.unitOfWork.manager
      .createQueryBuilder(PublicationEntity, 'p')
      .where('p.workspace_id = :workspaceId', { workspaceId: this.unitOfWork.workspaceId })
      .orderBy('p.id', 'DESC')
      .limit(filter.limit);
    if (filter.status !== undefined) {
      const states = statesOf[filter.status] ?? publicationStates.filter((state) => state === filter.status);
      query.andWhere('p.state IN (:...states)', { states: [...states] });
    }
    if (filter.accountId !== undefined)
      query.andWhere('p.account_id = :accountId', { accountId: filter.accountId });
    if (filter.postId !== undefined) query.andWhere('p.post_id = :postId', { postId: filter.postId });
    if (before !== undefined) query.andWhere('p.id < :before', { before });
    return query.getMany();
  }

  private async view(plan: PlanEntity, rows: readonly PublicationEntity[]): Promise<PlanView> {
    const now = await this.publications.now();
    const { open, ...counts } = countStates(rows.map((row) => row.state));
    return {
      id: plan.id,
      postId: plan.postId,
      status: plan.status,
      outcome: plan.outcome,
      partiallyFailed: plan.partiallyFailed,
      needsAttention: counts.failed + counts.unconfirmed > 0 || rows.some(isIncomplete),
      summary: { total: rows.length, ...counts, pending: open },
      dueAt: plan.dueAt,
      startedAt: plan.startedAt,
      settledAt: plan.settledAt,
      settledRevision: plan.settledRevision,
      contentRevision: plan.contentRevision,
      leftOut: plan.leftOut,
      publications: rows.map((row) => viewOf(row, now)),
    };
  }
}
