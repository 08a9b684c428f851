import { Injectable } from '@nestjs/common';
import { type DeliveredEvent, OnDomainEvent } from '../../common/events/index.js';
import { PostReader } from '../content/index.js';
import {
  OccurrenceDue,
  type OccurrenceDueData,
  OccurrencePlanned,
  type OccurrencePlannedData,
} from '../scheduling/events/index.js';
import type { PlanEntity } from './entities/plan.entity.js';
import { PublishRequested, type PublishRequestedData } from './events/index.js';
import { PlanHandover } from './plan.handover.js';
import { PlanMaker } from './plan.maker.js';
import { PublishRequests } from './publish.requests.js';

/** What Publishing does about other modules' events; each runs in the delivery's unit of work. */
@Injectable()
export class PublishingListeners {
  constructor(
    private readonly posts: PostReader,
    private readonly maker: PlanMaker,
    private readonly handover: PlanHandover,
    private readonly requests: PublishRequests,
  ) {}

  @OnDomainEvent(OccurrencePlanned, 'publishing.make-plan')
  async makePlan({ data }: DeliveredEvent<OccurrencePlannedData>): Promise<void> {
    await this.planOf(data.postId, data.occurrenceId);
  }

  @OnDomainEvent(OccurrenceDue, 'publishing.hand-over')
  async handOver({ data }: DeliveredEvent<OccurrenceDueData>): Promise<void> {
    const plan = await this.planOf(data.postId, data.occurrenceId);
    // An event of a time that was moved since then: the one of the new time hands over.
    if (plan === null || plan.dueAt.getTime() !== new Date(data.dueAt).getTime()) return;
    await this.handover.take(plan);
  }

  /** The plan for the post's time as it is now; null when that time was taken back or replaced. */
  private async planOf(postId: string, occurrenceId: string): Promise<PlanEntity | null> {
    const post = await this.posts.readSchedule(postId);
    if (post?.occurrenceId !== occurrenceId || post.dueAt === null) return null;
    return this.maker.make({ postId, occurrenceId, dueAt: post.dueAt });
  }

  @OnDomainEvent(PublishRequested, 'publishing.accept-request')
  async accept({ data }: DeliveredEvent<PublishRequestedData>): Promise<void> {
    const publishAt = data.publishAt === null ? null : new Date(data.publishAt);
    await this.requests.accept({ postId: data.postId, requestId: data.requestId, publishAt });
  }
}
