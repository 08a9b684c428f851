import { Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError } from '../../common/errors/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { PostReader } from '../content/index.js';
import type { PlanEntity } from './entities/plan.entity.js';
import { PlanExpedited } from './events/index.js';
import { PlanCommands } from './plan.commands.js';
import { PlanHandover } from './plan.handover.js';
import { PlanMaker } from './plan.maker.js';
import { PlanRepository } from './plan.repository.js';
import { PublicationRepository } from './publication.repository.js';

export interface PublishWish {
  readonly postId: string;
  /** Unique per workspace. */
  readonly requestId: string;
  /** Null: now. */
  readonly publishAt: Date | null;
}

/** One wish, one plan: the one function behind the API, the event and the queue (protocol.md §8). */
@Injectable()
export class PublishRequests {
  constructor(
    private readonly posts: PostReader,
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly maker: PlanMaker,
    private readonly handover: PlanHandover,
    private readonly commands: PlanCommands,
    private readonly recorder: EventRecorder,
  ) {}

  /** Inside a unit of work. Throws NotFoundError (no such post) or ConflictError (nothing left to publish). */
  async accept(wish: PublishWish): Promise<string> {
    await this.plans.lockRequest(wish.postId);
    const known = await this.plans.findRequest(wish.requestId);
    if (known !== null) return known.planId;
    // The post is the first of all locks.
    const post = await this.posts.readSchedule(wish.postId);
    if (post === null || post.deleted)
      throw new NotFoundError('There is no such post.', { code: 'post_not_found' });
    // A time whose plan is still on its way gets it now, so that the wish moves it up instead of making a second one.
    if (post.occurrenceId !== null && post.dueAt !== null) {
      await this.maker.make({ postId: wish.postId, occurrenceId: post.occurrenceId, dueAt: post.dueAt });
    }
    const plan = (await this.moveUp(wish)) ?? (await this.makeNew(wish));
    await this.plans.rememberRequest(wish.requestId, plan.id);
    return plan.id;
  }

  /** A plan that has not begun is moved to the wished time instead of making a second one. */
  private async moveUp(wish: PublishWish): Promise<PlanEntity | null> {
    const plan = await this.plans.lockLatest(wish.postId);
    if (plan === null || plan.startedAt !== null || plan.settledAt !== null) return null;
    await this.commands.moveLocked(plan, wish.publishAt ?? (await this.publications.now()));
    await this.handover.take(plan);
    if (plan.occurrenceId !== null) {
      const { id: planId, postId, occurrenceId } = plan;
      this.recorder.record(new PlanExpedited(plan.workspaceId, { planId, postId, occurrenceId }));
    }
    return plan;
  }

  private async makeNew(wish: PublishWish): Promise<PlanEntity> {
    const dueAt = wish.publishAt ?? (await this.publications.now());
    const plan = await this.maker.make({ postId: wish.postId, occurrenceId: null, dueAt });
    if (plan === null) throw new NotFoundError('There is no such post.', { code: 'post_not_found' });
    const targets = await this.publications.findOfPlan(plan.id);
    if (targets.length === 0) {
      throw new ConflictError('Every target of this post is published, on its way, or unconfirmed.', {
        code: 'nothing_to_publish',
        details: { leftOut: plan.leftOut },
      });
    }
    await this.handover.take(plan);
    return plan;
  }
}
