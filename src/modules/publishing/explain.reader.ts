import { Injectable } from '@nestjs/common';
import { PlatformRegistry } from '../../platforms/core/index.js';
import { AccountDirectory, type AccountView } from '../accounts/index.js';
import { Circuits } from './circuits/circuits.js';
import type { HoldEntity } from './entities/hold.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { explainPublication, type Reason, type Situation } from './explanation.js';
import { covers, HoldService } from './hold.service.js';
import { Budgets } from './limits/budgets.js';
import { MediaExplanation } from './media.explanation.js';
import { PlanRepository } from './plan.repository.js';
import { PlatformSwitches } from './platform.switches.js';
import { PublicationRepository } from './publication.repository.js';
import { type PublicationStatus, statusOf } from './publication.view.js';
import { WallClockGuard } from './wall-clock.guard.js';

export interface ExplainedTarget {
  readonly publicationId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly status: PublicationStatus;
  /** The first one is the cause; the others hold as well. Never empty. */
  readonly reasons: readonly Reason[];
}

/** Says, in words that a customer understands, why something has not gone out, or how it ended. Inside a unit of work. */
@Injectable()
export class ExplainReader {
  constructor(
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly accounts: AccountDirectory,
    private readonly switches: PlatformSwitches,
    private readonly holds: HoldService,
    private readonly wallClock: WallClockGuard,
    private readonly media: MediaExplanation,
    private readonly registry: PlatformRegistry,
    private readonly circuits: Circuits,
    private readonly budgets: Budgets,
  ) {}

  /** The targets of the post's latest plan; empty when it has none. */
  async ofPost(postId: string): Promise<ExplainedTarget[]> {
    const plan = await this.plans.findLatest(postId);
    if (plan === null) return [];
    const rows = await this.publications.findOfPlan(plan.id);
    const now = await this.publications.now();
    const holds = await this.holds.all();
    const explained: ExplainedTarget[] = [];
    for (const row of rows) explained.push(await this.explain(row, plan.handedOverAt !== null, holds, now));
    return explained;
  }

  private async explain(
    row: PublicationEntity,
    handedOver: boolean,
    holds: readonly HoldEntity[],
    now: Date,
  ): Promise<ExplainedTarget> {
    const account = await this.accounts.find(row.accountId);
    const holding = holds.find((hold) => covers(hold, row, account?.brandId ?? null)) ?? null;
    return {
      publicationId: row.id,
      accountId: row.accountId,
      platform: row.platform,
      status: statusOf(row, now),
      reasons: [
        ...explainPublication({
          row,
          now,
          handedOver,
          holding,
          accountState: account?.state ?? 'disconnected',
          platformIsOn: await this.switches.isEnabled(row.platform),
          ...(await this.shutFor(row, account)),
          clockInDoubt: this.wallClock.isInDoubt,
        }),
        ...(await this.media.reasonsOf(row)),
      ],
    };
  }

  private async shutFor(
    { platform }: PublicationEntity,
    account: AccountView | null,
  ): Promise<Pick<Situation, 'circuit' | 'limit'>> {
    if (account === null || !this.registry.has(platform)) return { circuit: null, limit: null };
    const { publisher } = this.registry.get(platform);
    return {
      circuit: await this.circuits.openFor(publisher, account.ref),
      limit: await this.budgets.closedFor(publisher, account.ref),
    };
  }
}
