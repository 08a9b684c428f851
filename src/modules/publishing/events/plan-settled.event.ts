import { DomainEvent } from '../../../common/events/index.js';

export interface PlanSettledData {
  readonly planId: string;
  readonly postId: string;
  readonly status: string;
  readonly outcome: string;
  readonly partiallyFailed: boolean;
  readonly revision: number;
}

/** No target of the plan is open any more. A later change of a target settles it again with the next revision. */
export class PlanSettled extends DomainEvent<PlanSettledData> {
  static readonly type = 'publishing.plan-settled';
  static readonly version = 1;
}
