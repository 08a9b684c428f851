import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import type { PlanEntity } from './entities/plan.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import {
  PlanSettled,
  PublicationCanceled,
  PublicationFailed,
  PublicationPublished,
  PublicationSkipped,
  PublicationUnconfirmed,
} from './events/index.js';
import { mergePlanStatus } from './plan-status.js';
import { PlanRepository } from './plan.repository.js';
import { type PublicationPatch, PublicationRepository } from './publication.repository.js';
import type { EndState } from './publication.states.js';

export interface Ending {
  readonly state: EndState;
  readonly reason: string;
  readonly patch: PublicationPatch;
  readonly details?: object;
}

/** Ends targets and settles plans; always in the order plan, publication, so that two finishers see each other. */
@Injectable()
export class SettlementService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly recorder: EventRecorder,
  ) {}

  /** Ends a target under a lease; false when the lease is gone. Opens (or joins) the transaction. */
  end(publication: PublicationEntity, token: string, ending: Ending): Promise<boolean> {
    return this.unitOfWork.run(
      publication.workspaceId,
      async () => {
        const plan = await this.lockPlan(publication.planId);
        const row = await this.publications.lockUnderLease(publication.id, token);
        if (row === null) return false;
        await this.endLocked(plan, row, ending, token);
        return true;
      },
      { durable: true },
    );
  }

  /** Ends a target whose plan and row the caller has locked. */
  async endLocked(
    plan: PlanEntity,
    row: PublicationEntity,
    ending: Ending,
    token: string | null,
  ): Promise<void> {
    const { state, reason, patch, details } = ending;
    await this.publications.end(
      row,
      { state, reason, token, ...(details === undefined ? {} : { details }) },
      patch,
    );
    this.announce(row, ending);
    await this.settle(plan);
  }

  /** Merges the rows of the plan as they are now. The plan must be locked, and read in an earlier statement. */
  async settle(plan: PlanEntity): Promise<void> {
    const rows = await this.publications.statesOfPlan(plan.id);
    const merged = mergePlanStatus(
      rows.map((row) => row.state),
      plan.successPolicy,
    );
    const { outcome, partiallyFailed } = merged;
    if (merged.status === 'processing') {
      await this.plans.reopen(plan, {
        status: plan.startedAt === null ? 'scheduled' : 'processing',
        outcome,
        partiallyFailed,
      });
      return;
    }
    await this.plans.settle(plan, { status: merged.status, outcome, partiallyFailed });
    this.recorder.record(
      new PlanSettled(plan.workspaceId, {
        planId: plan.id,
        postId: plan.postId,
        status: merged.status,
        outcome: outcome ?? 'none',
        partiallyFailed,
        revision: plan.settledRevision,
      }),
    );
  }

  /** Settles a plan that has nothing open any more and was left unsettled. */
  async settleLeft(planId: string): Promise<void> {
    const plan = await this.lockPlan(planId);
    if (plan.settledAt === null) await this.settle(plan);
  }

  async lockPlan(planId: string): Promise<PlanEntity> {
    const plan = await this.plans.lock(planId);
    if (plan === null) throw new Error(`plan ${planId} is gone`);
    return plan;
  }

  private announce(row: PublicationEntity, { state, reason, patch }: Ending): void {
    const who = {
      publicationId: row.id,
      planId: row.planId,
      postId: row.postId,
      accountId: row.accountId,
      platform: row.platform,
    };
    switch (state) {
      case 'published':
        this.recorder.record(
          new PublicationPublished(row.workspaceId, {
            ...who,
            platformPostId: patch.platformPostId ?? '',
            permalink: patch.permalink ?? null,
          }),
        );
        return;
      case 'failed':
        this.recorder.record(
          new PublicationFailed(row.workspaceId, { ...who, code: patch.error?.code ?? reason }),
        );
        return;
      case 'unconfirmed':
        this.recorder.record(new PublicationUnconfirmed(row.workspaceId, who));
        return;
      case 'skipped':
        this.recorder.record(new PublicationSkipped(row.workspaceId, { ...who, reason }));
        return;
      case 'canceled':
        this.recorder.record(new PublicationCanceled(row.workspaceId, who));
        return;
    }
  }
}
