import { Injectable } from '@nestjs/common';
import { type DeliveredEvent, OnDomainEvent } from '../../common/events/index.js';
import {
  PlanSettled,
  type PlanSettledData,
  PlanStarted,
  type PlanStartedData,
} from '../publishing/events/index.js';
import { isLater } from './identifiers.js';
import { PostsRepository, rowOf } from './posts.repository.js';

export interface PlanState {
  readonly planId: string;
  readonly status: string;
  /** 0 once started, then that of each settling. */
  readonly revision: number;
}

interface Projected {
  readonly latestPlanId: string | null;
  readonly latestPlanRevision: number | null;
  readonly plansAfter: string | null;
}

/** Keeps on the post how its latest plan stands, so that posts can be filtered by status. */
@Injectable()
export class PlanProjection {
  constructor(private readonly repository: PostsRepository) {}

  @OnDomainEvent(PlanStarted, 'content.project-plan-started')
  async onStarted({ data }: DeliveredEvent<PlanStartedData>): Promise<void> {
    await this.projectPlan(data.postId, { planId: data.planId, status: 'processing', revision: 0 });
  }

  @OnDomainEvent(PlanSettled, 'content.project-plan-settled')
  async onSettled({ data }: DeliveredEvent<PlanSettledData>): Promise<void> {
    await this.projectPlan(data.postId, data);
  }

  /** Events may come late and twice: an older plan or revision changes nothing. */
  async projectPlan(postId: string, { planId, status, revision }: PlanState): Promise<void> {
    const row = await this.repository.findRow(postId, 'update');
    if (row === null || !isNews(row, planId, revision)) return;
    await this.repository.save(
      { ...rowOf(row), latestPlanId: planId, latestPlanStatus: status, latestPlanRevision: revision },
      null,
    );
  }
}

export function isNews(post: Projected, planId: string, revision: number): boolean {
  if (post.plansAfter !== null && !isLater(planId, post.plansAfter)) return false;
  if (post.latestPlanId === planId) return revision > (post.latestPlanRevision ?? -1);
  return post.latestPlanId === null || isLater(planId, post.latestPlanId);
}
