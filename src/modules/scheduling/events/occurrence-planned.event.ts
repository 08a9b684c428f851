import { DomainEvent } from '../../../common/events/index.js';

export interface OccurrencePlannedData {
  readonly occurrenceId: string;
  readonly postId: string;
  /** ISO instant. */
  readonly dueAt: string;
}

/** A post has one concrete date. Publishing makes its plan from it. */
export class OccurrencePlanned extends DomainEvent<OccurrencePlannedData> {
  static readonly type = 'scheduling.occurrence-planned';
  static readonly version = 1;
}
