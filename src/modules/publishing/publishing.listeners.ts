import { Injectable } from '@nestjs/common';
import { type DeliveredEvent, OnDomainEvent } from '../../common/events/index.js';
import {
  OccurrenceDue,
  type OccurrenceDueData,
  OccurrencePlanned,
  type OccurrencePlannedData,
} from '../scheduling/events/index.js';
import { PublishRequested, type PublishRequestedData } from './events/index.js';
import { PlanHandover } from './plan.handover.js';
import { PlanMaker } from './plan.maker.js';
import { PublishRequests } from './publish.requests.js';

/** What Publishing does about other modules' events; each runs in the delivery's unit of work. */
@Injectable()
export class PublishingListeners {
  constructor(
    private readonly maker: PlanMaker,
    private readonly handover: PlanHandover,
    private readonly requests: PublishRequests,
  ) {}

  @OnDomainEvent(OccurrencePlanned, 'publishing.make-plan')
  async makePlan({ data }: DeliveredEvent<OccurrencePlannedData>): Promise<void> {
    await this.maker.make({
      postId: data.postId,
      occurrenceId: data.occurrenceId,
      dueAt: new Date(data.dueAt),
    });
  }

  /** The date in the event may be older than the plan's: the plan's own time counts. */
  @OnDomainEvent(OccurrenceDue, 'publishing.hand-over')
  async handOver({ data }: DeliveredEvent<OccurrenceDueData>): Promise<void> {
    const plan = await this.maker.make({
      postId: data.postId,
      occurrenceId: data.occurrenceId,
      dueAt: new Date(data.dueAt),
    });
    if (plan === null || plan.dueAt.getTime() !== new Date(data.dueAt).getTime()) return;
    await this.handover.take(plan);
  }

  @OnDomainEvent(PublishRequested, 'publishing.accept-request')
  async accept({ data }: DeliveredEvent<PublishRequestedData>): Promise<void> {
    const publishAt = data.publishAt === null ? null : new Date(data.publishAt);
    await this.requests.accept({ postId: data.postId, requestId: data.requestId, publishAt });
  }
}
