import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { OccurrenceDue } from './events/index.js';
import { OccurrencesRepository } from './occurrences.repository.js';

/** Hands near occurrences over to Publishing: the change of state and the event are one transaction, once per date. */
@Injectable()
export class Handover {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: OccurrencesRepository,
    private readonly events: EventRecorder,
  ) {}

  /** Answers how many of the named were near and still to be handed over. Inside the caller's unit of work. */
  async handOver(occurrenceIds: readonly string[]): Promise<number> {
    const due = await this.repository.handOver(occurrenceIds);
    for (const { occurrenceId, postId, dueAt } of due) {
      this.events.record(
        new OccurrenceDue(this.unitOfWork.workspaceId, { occurrenceId, postId, dueAt: dueAt.toISOString() }),
      );
    }
    return due.length;
  }
}
