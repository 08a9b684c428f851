import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { OccurrenceCanceled } from './events/index.js';
import { Handover } from './handover.js';
import { OccurrencesRepository } from './occurrences.repository.js';
import { resolveTime, type TimeRequest, type TimeResolution } from './time.resolver.js';

/** Commands on dates, inside the caller's unit of work, after the post is locked (lock order: post, occurrence, plan). */
@Injectable()
export class SchedulingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: OccurrencesRepository,
    private readonly handover: Handover,
    private readonly events: EventRecorder,
  ) {}

  /** `resolveTime` by the database's clock, which every other comparison goes by. */
  async resolve(request: TimeRequest): Promise<TimeResolution> {
    return resolveTime(request, await this.repository.now());
  }

  /**
   * Gives an occurrence another date; near ones are handed over at once. False when there is none to move: it was canceled,
   * or its making is still on the way, which then reads the new date from the post.
   */
  async reschedule(occurrenceId: string, dueAt: Date): Promise<boolean> {
    if (!(await this.repository.changeDate(occurrenceId, dueAt))) return false;
    await this.handover.handOver([occurrenceId]);
    return true;
  }

  /** Ends an occurrence, also one that is not made yet: a tombstone keeps it from being made. */
  async cancel(occurrenceId: string, postId: string): Promise<void> {
    if (!(await this.repository.cancel(occurrenceId, postId))) return;
    this.events.record(new OccurrenceCanceled(this.unitOfWork.workspaceId, { occurrenceId, postId }));
  }
}
