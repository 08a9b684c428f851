import { Injectable } from '@nestjs/common';
import type { PlanEntity } from './entities/plan.entity.js';
import { PlanFreezer } from './plan.freezer.js';
import { PlanRepository } from './plan.repository.js';
import { PublicationRepository } from './publication.repository.js';
import { WakeQueue } from './wake.queue.js';

/** Takes a plan over for its exact moment: freezes what it says and adds its job. */
@Injectable()
export class PlanHandover {
  constructor(
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly freezer: PlanFreezer,
    private readonly wakes: WakeQueue,
  ) {}

  /** The plan must be locked. Handing over twice changes nothing. */
  async take(plan: PlanEntity): Promise<void> {
    if (plan.handedOverAt !== null || plan.settledAt !== null) return;
    const now = await this.publications.now();
    await this.plans.update(plan, { handedOverAt: now });
    await this.freezer.freeze(plan);
    this.wakes.plan(plan.id, plan.runNo, plan.dueAt.getTime() - now.getTime());
  }
}
