import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { PlanReader } from '../../modules/publishing/index.js';
import { Pause } from './pause.js';

const firstPauseMs = 50;
const longestPauseMs = 500;

export interface Wait {
  readonly planId: string;
  readonly seconds: number;
  /** True when nobody waits for the answer any more. */
  readonly abandoned: () => boolean;
}

/** Lets a request wait until its plan has settled. Holds no connection meanwhile. */
@Injectable()
export class PlanWaiter implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanReader,
    private readonly clock: Clock,
    private readonly pause: Pause,
  ) {}

  async untilSettled(workspaceId: string, { planId, seconds, abandoned }: Wait): Promise<void> {
    const end = this.clock.monotonicMs() + seconds * 1000;
    let pauseMs = firstPauseMs;
    while (!(await this.isSettled(workspaceId, planId))) {
      const left = end - this.clock.monotonicMs();
      if (left <= 0 || this.stopping || abandoned()) return;
      await this.pause.for(Math.min(pauseMs, left));
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  /** Whoever waits gets what is there. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  private isSettled(workspaceId: string, planId: string): Promise<boolean> {
    return this.unitOfWork.run(workspaceId, async () => {
      const plan = await this.plans.findPlan(planId);
      return plan !== null && plan.settledAt !== null;
    });
  }
}
