import { DomainEvent } from '../../../common/events/index.js';

export interface PlanExpeditedData {
  readonly planId: string;
  readonly postId: string;
  readonly occurrenceId: string;
}

/** A pending plan was moved to now by a request to publish. */
export class PlanExpedited extends DomainEvent<PlanExpeditedData> {
  static readonly type = 'publishing.plan-expedited';
  static readonly version = 1;
}
