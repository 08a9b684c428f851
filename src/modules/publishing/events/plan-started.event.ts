import { DomainEvent } from '../../../common/events/index.js';

export interface PlanStartedData {
  readonly planId: string;
  readonly postId: string;
}

/** The first run of a plan has begun. */
export class PlanStarted extends DomainEvent<PlanStartedData> {
  static readonly type = 'publishing.plan-started';
  static readonly version = 1;
}
