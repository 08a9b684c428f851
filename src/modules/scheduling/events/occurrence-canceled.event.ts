import { DomainEvent } from '../../../common/events/index.js';

export interface OccurrenceCanceledData {
  readonly occurrenceId: string;
  readonly postId: string;
}

/** An occurrence will not happen. */
export class OccurrenceCanceled extends DomainEvent<OccurrenceCanceledData> {
  static readonly type = 'scheduling.occurrence-canceled';
  static readonly version = 1;
}
