import type { ObjectLiteral } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError } from '../../common/errors/index.js';
import { policyOfTarget, PostReader, priorities } from '../content/index.js';
import type { PlanEntity } from './entities/plan.entity.js';
import { PublicationEntity } from './entities/publication.entity.js';
import { PlanMaker, planIdOf } from './plan.maker.js';
import { PlanRepository } from './plan.repository.js';
import { PublicationRepository } from './publication.repository.js';
import { isEnd } from './publication.states.js';
import { SettlementService } from './settlement.service.js';
import { WakeQueue } from './wake.queue.js';

export interface CancelResult {
  readonly accountId: string;
  readonly publicationId: string;
  readonly result: 'canceled' | 'already-going-out';
}

/** Cancel, edit and reschedule of what is planned: exact answers, under the row lock that a commit takes. Inside a unit of work. */
@Injectable()
export class PlanCommands {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly settlement: SettlementService,
    private readonly maker: PlanMaker,
    private readonly posts: PostReader,
    private readonly wakes: WakeQueue,
  ) {}

  /**
   * The plan of a date that the post was just given, so that whoever is told its id can read it. What is heard of the date later
   * finds it made.
   */
  async plan(postId: string, occurrenceId: string, dueAt: Date): Promise<void> {
    await this.maker.make({ postId, occurrenceId, dueAt });
  }

  /** Cancels what has not gone out of the post's latest plan. Empty when it has none. */
  async cancel(postId: string): Promise<CancelResult[]> {
    const plan = await this.plans.lockLatest(postId);
    return plan === null ? [] : this.cancelLocked(plan);
  }

  /**
   * Cancels an occurrence. Without a plan yet, one is written as a tombstone, so that a late event about the occurrence
   * changes nothing.
   */
  async cancelOccurrence(postId: string, occurrenceId: string, dueAt: Date): Promise<CancelResult[]> {
    const plan =
      (await this.plans.lock(planIdOf(occurrenceId))) ??
      (await this.maker.make({ postId, occurrenceId, dueAt }));
    return plan === null ? [] : this.cancelLocked(plan);
  }

  /** Whether anything of the post's latest plan may be visible already; locks it against that for the transaction. */
  async isGoingOut(postId: string): Promise<boolean> {
    const plan = await this.plans.lockLatest(postId);
    if (plan === null || plan.settledAt !== null) return false;
    const rows = await this.publications.lockOfPlan(plan.id);
    return rows.some((row) => row.goingOutAt !== null);
  }

  /**
   * The post has a new revision: an unsettled plan forgets what it had frozen and takes the new targets over.
   * Throws ConflictError `already-going-out` when something is out or may be.
   */
  async contentChanged(postId: string): Promise<void> {
    if (await this.isGoingOut(postId)) throw alreadyGoingOut();
    const plan = await this.plans.lockLatest(postId);
    if (plan === null || plan.settledAt !== null) return;
    const composed = await this.posts.compose(postId);
    if (composed === null) return;
    await this.dropTargets(plan, new Set(composed.targets.map((target) => target.targetId)));
    await this.maker.addTargets(plan, composed, new Map());
    for (const { targetId, policy } of composed.targets) {
      await this.unitOfWork.manager
        .createQueryBuilder()
        .update<ObjectLiteral>(PublicationEntity)
        .set({
          content: null,
          contentRevision: null,
          policy: policyOfTarget(composed.policy, policy),
          priority: priorities.indexOf(composed.policy.priority),
        })
        .where({ workspaceId: plan.workspaceId, planId: plan.id, targetId })
        .execute();
    }
    await this.plans.update(plan, {
      contentRevision: null,
      successPolicy: composed.policy.success,
      late: composed.policy.late,
    });
    await this.restartRuns(plan);
    await this.settlement.settle(plan);
  }

  /** Moves the occurrence's plan to another time; nothing happens when there is no plan yet. */
  async reschedule(occurrenceId: string, dueAt: Date): Promise<void> {
    const plan = await this.plans.lock(planIdOf(occurrenceId));
    if (plan === null) return;
    if (plan.startedAt !== null || plan.settledAt !== null) throw alreadyGoingOut();
    await this.moveLocked(plan, dueAt);
  }

  /** The plan must be locked and not begun. It waits to be handed over for the new time. */
  async moveLocked(plan: PlanEntity, dueAt: Date): Promise<void> {
    const rows = await this.publications.lockOfPlan(plan.id);
    if (rows.some((row) => row.goingOutAt !== null)) throw alreadyGoingOut();
    await this.plans.update(plan, { dueAt, handedOverAt: null, runNo: plan.runNo + 1 });
    // A run may have claimed its target without having begun the plan: it loses its lease before anything goes out.
    for (const row of rows.filter(isUnderWay)) {
      const changed = { state: 'waiting', reason: 'rescheduled', token: null } as const;
      await this.publications.wake(row, changed, 'due', 0, {});
    }
    await this.unitOfWork.manager.query(
      `UPDATE publications SET due_at = $3, wake_at = $3, wake_reason = 'due', wake_no = wake_no + 1, swept_at = NULL,
              patience_from = NULL
        WHERE workspace_id = $1 AND plan_id = $2 AND state = 'waiting'`,
      [plan.workspaceId, plan.id, dueAt],
    );
  }

  /** A run that is under way with the old words loses its lease, and another one begins at once. */
  private async restartRuns(plan: PlanEntity): Promise<void> {
    for (const row of await this.publications.lockOfPlan(plan.id)) {
      if (!isUnderWay(row)) continue;
      const changed = { state: 'waiting', reason: 'content_changed', token: null } as const;
      this.wakes.publication(row.id, await this.publications.wake(row, changed, 'content_changed', 0, {}));
    }
  }

  private async dropTargets(plan: PlanEntity, kept: ReadonlySet<string>): Promise<void> {
    for (const row of await this.publications.lockOfPlan(plan.id)) {
      if (isEnd(row.state) || kept.has(row.targetId)) continue;
      await this.settlement.endLocked(
        plan,
        row,
        { state: 'canceled', reason: 'target_removed', patch: {} },
        null,
      );
    }
  }

  private async cancelLocked(plan: PlanEntity): Promise<CancelResult[]> {
    const results: CancelResult[] = [];
    for (const row of await this.publications.lockOfPlan(plan.id)) {
      const who = { accountId: row.accountId, publicationId: row.id };
      if (row.state === 'canceled') {
        results.push({ ...who, result: 'canceled' });
      } else if (isEnd(row.state) || row.goingOutAt !== null) {
        results.push({ ...who, result: 'already-going-out' });
      } else {
        await this.settlement.endLocked(
          plan,
          row,
          { state: 'canceled', reason: 'canceled', patch: {} },
          null,
        );
        results.push({ ...who, result: 'canceled' });
      }
    }
    return results;
  }
}

function isUnderWay({ state }: PublicationEntity): boolean {
  return state === 'running' || state === 'with_platform';
}

function alreadyGoingOut(): ConflictError {
  return new ConflictError(
    'The post is going out already, or has gone out: it can be neither changed nor moved.',
    {
      code: 'already-going-out',
    },
  );
}
