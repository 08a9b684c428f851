import { Injectable } from '@nestjs/common';
import { PlatformRegistry } from '../../platforms/core/index.js';
import { AccountDirectory, type AccountView } from '../accounts/index.js';
import { Circuits } from './circuits/circuits.js';
import type { HoldEntity } from './entities/hold.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { explainPublication, type Situation } from './explanation.js';
import { covers, HoldService } from './hold.service.js';
import { LedgerRepository } from './ledger.repository.js';
import { Budgets } from './limits/budgets.js';
import { MediaExplanation } from './media.explanation.js';
import { PlanRepository } from './plan.repository.js';
import { PlatformSwitches } from './platform.switches.js';
import { PublicationRepository } from './publication.repository.js';
import { type PublicationStatus, statusOf } from './publication.view.js';
import { ProcessReader } from './process.reader.js';
import type { Reason } from './reason.js';
import { settledAt } from './reconciler.js';
import { retryProfiles } from './retry-policy.js';
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
    private readonly processes: ProcessReader,
    private readonly ledger: LedgerRepository,
  ) {}

  /** The targets of the post's latest plan; empty when it has none. */
  async ofPost(postId: string): Promise<ExplainedTarget[]> {
    const plan = await this.plans.findLatest(postId);
    if (plan === null) return [];
    const rows = await this.publications.findOfPlan(plan.id);
    const now = await this.publications.now();
    const holds = await this.holds.all();
    const around = { handedOver: plan.handedOverAt !== null, presence: await this.processes.presence(), now };
    const explained: ExplainedTarget[] = [];
    for (const row of rows) explained.push(await this.explain(row, around, holds));
    return explained;
  }

  private async explain(
    row: PublicationEntity,
    around: Pick<Situation, 'handedOver' | 'presence' | 'now'>,
    holds: readonly HoldEntity[],
  ): Promise<ExplainedTarget> {
    const account = await this.accounts.find(row.accountId);
    const holding = holds.find((hold) => covers(hold, row, account?.brandId ?? null)) ?? null;
    return {
      publicationId: row.id,
      accountId: row.accountId,
      platform: row.platform,
      status: statusOf(row, around.now),
      reasons: [
        ...explainPublication({
          ...around,
          row,
          holding,
          accountState: account?.state ?? 'disconnected',
          switchedOff: await this.switches.switchedOff(row.platform),
          ...(await this.shutFor(row, account)),
          clockInDoubt: this.wallClock.isInDoubt,
          givesUpAt: givesUpAt(row),
          mostRetries: this.mostRetries(row),
          loginRenewing: row.state === 'running' && (await this.accounts.isRenewing(row.accountId)),
          ...(await this.lookedFor(row, account)),
        }),
        ...(await this.media.reasonsOf(row)),
      ],
    };
  }

  private mostRetries({ policy, platform }: PublicationEntity): number {
    return retryProfiles[policy.retry ?? this.registry.get(platform).publisher.retryProfile].delaysMs.length;
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

  /** What is known of the commit that is looked for. */
  private async lookedFor(
    row: PublicationEntity,
    account: AccountView | null,
  ): Promise<Pick<Situation, 'settledAt' | 'forgotten'>> {
    const nothing = { settledAt: null, forgotten: false };
    if (row.wakeReason !== 'reconcile' || row.contentRevision === null || account === null) return nothing;
    const { commits } = await this.ledger.read(row.id, row.contentRevision);
    const open = commits.find((commit) => commit.state === 'open');
    if (open === undefined) return nothing;
    const { reconcile } = this.registry.get(row.platform).publisher.capabilitiesFor(account.ref);
    const never = reconcile.absentAfterLooks === 'never';
    return {
      settledAt: never ? null : new Date(settledAt(reconcile, open)),
      forgotten: row.suspectedAt !== null && open.lastStartedAt.getTime() <= row.suspectedAt.getTime(),
    };
  }
}

function givesUpAt({ policy, dueAt, patienceFrom }: PublicationEntity): Date | null {
  const minutes = policy.giveUpAfterMinutes ?? null;
  if (minutes === null) return null;
  return new Date(Math.max(dueAt.getTime(), patienceFrom?.getTime() ?? 0) + minutes * 60_000);
}
