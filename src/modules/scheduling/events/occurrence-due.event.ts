import { DomainEvent } from '../../../common/events/index.js';

export interface OccurrenceDueData {
  readonly occurrenceId: string;
  readonly postId: string;
  /** ISO instant. */
  readonly dueAt: string;
}

/** The date of an occurrence is near or past: handed over to Publishing exactly once per date. */
export class OccurrenceDue extends DomainEvent<OccurrenceDueData> {
  static readonly type = 'scheduling.occurrence-due';
  static readonly version = 1;
}
