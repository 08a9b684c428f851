import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { deriveId, newId } from '../../common/ids/index.js';
import { renditionsOf } from '../../platforms/core/index.js';
import { AccountDirectory } from '../accounts/index.js';
import { type ComposedPost, policyOfTarget, PostReader, priorities } from '../content/index.js';
import { MediaRenditions } from '../media/index.js';
import type { PlanEntity } from './entities/plan.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { covers, HoldService } from './hold.service.js';
import { PlanRepository } from './plan.repository.js';
import type { PublicationState } from './publication.states.js';
import { PublicationRepository } from './publication.repository.js';
import { RestorationRepository } from './restoration.repository.js';

export interface NewPlan {
  readonly postId: string;
  readonly occurrenceId: string | null;
  readonly dueAt: Date;
}

/** Why a target is left out of a new plan: it is out, may be out, or is on its way. */
const leftOutBecause: Partial<Record<PublicationState, string>> = {
  published: 'already_published',
  unconfirmed: 'unconfirmed',
  waiting: 'in_progress',
  running: 'in_progress',
  with_platform: 'in_progress',
};

/** The plan of an occurrence has an id that follows from it, so that answers can name it before it is there. */
export function planIdOf(occurrenceId: string): string {
  return deriveId(occurrenceId, 'plan');
}

export function publicationIdOf(planId: string, targetId: string): string {
  return deriveId(planId, targetId);
}

/** Makes plans and their publications, once per occurrence. */
@Injectable()
export class PlanMaker {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly posts: PostReader,
    private readonly accounts: AccountDirectory,
    private readonly holds: HoldService,
    private readonly restorations: RestorationRepository,
    private readonly renditions: MediaRenditions,
  ) {}

  /** The plan, locked; null when the post is gone. Making it again changes nothing. */
  async make(wanted: NewPlan): Promise<PlanEntity | null> {
    const id = wanted.occurrenceId === null ? newId() : planIdOf(wanted.occurrenceId);
    const existing = await this.plans.lock(id);
    if (existing !== null) return existing;
    const composed = await this.posts.composeLocked(wanted.postId);
    if (composed === null) return null;
    const leaveOut = await this.leftOut(wanted.postId);
    const inserted = await this.plans.insert({
      workspaceId: this.unitOfWork.workspaceId,
      id,
      postId: wanted.postId,
      occurrenceId: wanted.occurrenceId,
      dueAt: wanted.dueAt,
      successPolicy: composed.policy.success,
      late: composed.policy.late,
      leftOut: [...leaveOut].map(([accountId, reason]) => ({ accountId, reason })),
    });
    const plan = await this.plans.lock(id);
    if (plan === null) throw new Error(`plan ${id} was not stored`);
    if (inserted) await this.addTargets(plan, composed, leaveOut);
    return plan;
  }

  /** Accounts on which the post is out, may be out, or is on its way by another plan: never twice. */
  private async leftOut(postId: string): Promise<Map<string, string>> {
    const leaveOut = new Map<string, string>();
    for (const row of await this.publications.findOfPost(postId)) {
      const reason = leftOutBecause[row.state];
      if (reason !== undefined) leaveOut.set(row.accountId, reason);
    }
    return leaveOut;
  }

  /** Adds publications for the targets that the plan does not have yet. The plan must be locked. */
  async addTargets(
    plan: PlanEntity,
    composed: ComposedPost,
    leaveOut: ReadonlyMap<string, string>,
  ): Promise<void> {
    const accounts = await this.accounts.findMany(composed.targets.map((target) => target.accountId));
    const holds = await this.holds.all();
    const lost = await this.restorations.lostTimeOf(plan.dueAt);
    const rows = composed.targets.flatMap((target): Partial<PublicationEntity>[] => {
      const account = accounts.find(({ ref }) => ref.id === target.accountId);
      if (account === undefined || leaveOut.has(target.accountId)) return [];
      const held = holds.some((hold) =>
        covers(hold, { postId: plan.postId, accountId: target.accountId }, account.brandId),
      );
      return [
        {
          workspaceId: plan.workspaceId,
          id: publicationIdOf(plan.id, target.targetId),
          planId: plan.id,
          postId: plan.postId,
          targetId: target.targetId,
          accountId: target.accountId,
          platform: account.ref.platform,
          dueAt: plan.dueAt,
          wakeAt: plan.dueAt,
          wakeReason: 'due',
          held,
          policy: policyOfTarget(composed.policy, target.policy),
          priority: priorities.indexOf(composed.policy.priority),
          suspectedSince: lost?.since ?? null,
          suspectedAt: lost?.until ?? null,
        },
      ];
    });
    await this.publications.insert(rows);
    // Long before it is due, so that it need not wait for them then.
    await this.renditions.order(composed.targets.flatMap((target) => renditionsOf(target.content)));
  }
}
