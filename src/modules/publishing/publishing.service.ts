import { Injectable } from '@nestjs/common';
import { defer, firstValueFrom, forkJoin } from 'rxjs';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import type { PlanEntity } from './entities/plan.entity.js';
import { PlanStarted } from './events/index.js';
import { type CancelResult, PlanCommands } from './plan.commands.js';
import { PlanFreezer } from './plan.freezer.js';
import { countStates, mergePlanStatus, type PlanStatus } from './plan-status.js';
import { PlanRepository } from './plan.repository.js';
import { PublicationRepository, type PublicationStanding } from './publication.repository.js';
import { type BranchResult, PublicationRunner } from './publication.runner.js';
import { isEnd } from './publication.states.js';
import { PublishRequests } from './publish.requests.js';
import { SettlementService } from './settlement.service.js';

export interface PublishOptions {
  /** Names the wish; the same id never makes a second plan. */
  readonly requestId: string;
}

export interface PublishedPlan {
  readonly planId: string;
  readonly status: PlanStatus;
  readonly branches: readonly BranchResult[];
}

/** The public face of publishing for services in this process. */
@Injectable()
export class PublishingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly freezer: PlanFreezer,
    private readonly runner: PublicationRunner,
    private readonly settlement: SettlementService,
    private readonly requests: PublishRequests,
    private readonly commands: PlanCommands,
    private readonly recorder: EventRecorder,
  ) {}

  /** Publishes the post now, or what of it is not published yet. Answers the plan's id. Joins an open unit of work. */
  publishNow(workspaceId: string, postId: string, options: PublishOptions): Promise<string> {
    return this.unitOfWork.run(workspaceId, () =>
      this.requests.accept({ postId, requestId: options.requestId, publishAt: null }),
    );
  }

  /** Publishes the post at the given instant. Answers the plan's id. Joins an open unit of work. */
  schedulePost(
    workspaceId: string,
    postId: string,
    options: PublishOptions & { readonly publishAt: Date },
  ): Promise<string> {
    const { requestId, publishAt } = options;
    return this.unitOfWork.run(workspaceId, () => this.requests.accept({ postId, requestId, publishAt }));
  }

  /** Takes back what has not gone out of the post's latest plan, target by target. Joins an open unit of work. */
  cancelScheduledPost(workspaceId: string, postId: string): Promise<CancelResult[]> {
    return this.unitOfWork.run(workspaceId, () => this.commands.cancel(postId));
  }

  /**
   * The first run of a plan: all its targets side by side, each on its own; answers the status merged from the rows. Targets
   * that have to wait for something are woken later, one by one.
   */
  async publishPlan(workspaceId: string, planId: string, runNo: number): Promise<PublishedPlan> {
    const due = await this.unitOfWork.run(workspaceId, () => this.begin(planId, runNo));
    const branches = due.map((row) =>
      defer(() => this.runner.run({ workspaceId, publicationId: row.id, wakeNo: row.wakeNo })),
    );
    // forkJoin of nothing completes without a value: a plan without targets settles at once.
    const results = await firstValueFrom(forkJoin(branches), { defaultValue: [] });
    return this.merge(workspaceId, planId, results);
  }

  /** One target again. */
  async wakePublication(workspaceId: string, publicationId: string, wakeNo: number): Promise<void> {
    await this.runner.run({ workspaceId, publicationId, wakeNo });
  }

  private async begin(planId: string, runNo: number): Promise<PublicationStanding[]> {
    const plan = await this.plans.lock(planId);
    if (plan === null || plan.runNo !== runNo || plan.settledAt !== null) return [];
    await this.freezer.freeze(plan);
    if (await this.plans.start(planId)) {
      this.recorder.record(new PlanStarted(plan.workspaceId, { planId, postId: plan.postId }));
    }
    const rows = await this.publications.statesOfPlan(planId);
    return rows.filter((row) => !isEnd(row.state) && row.wakeReason === 'due');
  }

  /** Each branch has stored its own result; the status is merged from the rows, which also settles a plan without targets. */
  private async merge(
    workspaceId: string,
    planId: string,
    branches: readonly BranchResult[],
  ): Promise<PublishedPlan> {
    return this.unitOfWork.run(workspaceId, async () => {
      const plan = await this.plans.lock(planId);
      if (plan === null) return { planId, status: 'failed', branches };
      return { planId, status: await this.statusOf(plan), branches };
    });
  }

  private async statusOf(plan: PlanEntity): Promise<PlanStatus> {
    const rows = await this.publications.statesOfPlan(plan.id);
    const states = rows.map((row) => row.state);
    if (countStates(states).open === 0 && plan.settledAt === null) await this.settlement.settle(plan);
    return mergePlanStatus(states, plan.successPolicy).status;
  }
}
