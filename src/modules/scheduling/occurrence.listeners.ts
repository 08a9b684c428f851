import { Injectable } from '@nestjs/common';
import { type DeliveredEvent, EventRecorder, OnDomainEvent } from '../../common/events/index.js';
import { PostReader } from '../content/index.js';
import { PostScheduled, type PostScheduledData } from '../content/events/index.js';
import { PlanExpedited, type PlanExpeditedData } from '../publishing/events/index.js';
import { OccurrencePlanned } from './events/index.js';
import { Handover } from './handover.js';
import { OccurrencesRepository } from './occurrences.repository.js';

@Injectable()
export class OccurrenceListeners {
  constructor(
    private readonly posts: PostReader,
    private readonly repository: OccurrencesRepository,
    private readonly handover: Handover,
    private readonly events: EventRecorder,
  ) {}

  /** Reads the post as it is now, under a lock that edits wait for: the event may be late, or overtaken by a cancel. */
  @OnDomainEvent(PostScheduled, 'scheduling.plan-occurrence')
  async planOccurrence({ workspaceId, data }: DeliveredEvent<PostScheduledData>): Promise<void> {
    const { postId, occurrenceId } = data;
    const schedule = await this.posts.readSchedule(postId);
    if (schedule === null || schedule.deleted || schedule.dueAt === null) return;
    if (schedule.occurrenceId !== occurrenceId) return;
    const { dueAt } = schedule;
    if (!(await this.repository.insertPlanned(occurrenceId, postId, dueAt))) return;
    this.events.record(
      new OccurrencePlanned(workspaceId, { occurrenceId, postId, dueAt: dueAt.toISOString() }),
    );
    await this.handover.handOver([occurrenceId]);
  }

  @OnDomainEvent(PlanExpedited, 'scheduling.mark-expedited')
  async markExpedited({ data }: DeliveredEvent<PlanExpeditedData>): Promise<void> {
    await this.repository.markHandedOver(data.occurrenceId);
  }
}
