import { Injectable } from '@nestjs/common';
import { PlatformRegistry } from '../../platforms/core/index.js';
import { AccountDirectory } from '../accounts/index.js';
import { isComplete, knownBy } from './commits.js';
import type { CommitEntity } from './entities/commit.entity.js';
import type { PlanEntity } from './entities/plan.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { covers, HoldService } from './hold.service.js';
import { type PublicationPatch, PublicationRepository } from './publication.repository.js';
import { SettlementService } from './settlement.service.js';
import { incompleteCode } from './stored-error.js';
import { WakeQueue } from './wake.queue.js';

/** Goes on with publications that have ended. Inside a unit of work that has locked the plan, then the row. */
@Injectable()
export class Continuation {
  constructor(
    private readonly publications: PublicationRepository,
    private readonly settlement: SettlementService,
    private readonly registry: PlatformRegistry,
    private readonly accounts: AccountDirectory,
    private readonly holds: HoldService,
    private readonly wakes: WakeQueue,
  ) {}

  /** `publish` runs again from its ledger: what is done is not done again, and what is missing goes out. */
  async takeUp(
    plan: PlanEntity,
    row: PublicationEntity,
    reason: string,
    patch: PublicationPatch = {},
  ): Promise<void> {
    const changed = { state: 'waiting', reason, token: null } as const;
    const patienceFrom = await this.publications.now();
    const wake = await this.publications.wake(row, changed, 'resolved', 0, {
      error: null,
      reason: null,
      retries: 0,
      renewedVersion: null,
      warnings: [],
      held: await this.isHeld(row),
      // Somebody wants it now, so being late is no reason to pass it over again.
      lateAllowed: true,
      patienceFrom,
      ...patch,
    });
    this.wakes.publication(row.id, wake);
    await this.settlement.settle(plan);
  }

  /**
   * Draws the conclusion from a commit that turned out to be done: the publication is published when that was all there is to
   * it, and goes on from its ledger when something may be missing.
   */
  async afterDone(
    plan: PlanEntity,
    row: PublicationEntity,
    commits: readonly CommitEntity[],
    reason: string,
  ): Promise<void> {
    const first = knownBy(commits);
    if (first === null) {
      await this.publications.note(row, { state: row.state, reason, token: null });
      return;
    }
    const publishedAt =
      row.publishedAt ?? commits.find(({ state }) => state === 'done')?.lastStartedAt ?? null;
    if (!this.isComplete(row, commits)) {
      await this.takeUp(plan, row, reason, { publishedAt });
      return;
    }
    const { platformPostId, permalink } = first;
    const warnings = row.warnings.filter(({ code }) => code !== incompleteCode);
    const patch = { platformPostId, permalink, publishedAt, error: null, reason: null, warnings };
    if (row.state === 'published') {
      await this.publications.amend(row, { state: 'published', reason, token: null }, patch);
      await this.settlement.settle(plan);
      return;
    }
    await this.settlement.endLocked(plan, row, { state: 'published', reason, patch }, null);
  }

  isComplete(row: PublicationEntity, commits: readonly CommitEntity[]): boolean {
    if (row.content === null) return false;
    return isComplete(this.registry.get(row.platform).publisher, row.content, commits);
  }

  /** What was held or released while it was at its end did not reach it. */
  private async isHeld(row: PublicationEntity): Promise<boolean> {
    const account = await this.accounts.find(row.accountId);
    return (await this.holds.all()).some((hold) => covers(hold, row, account?.brandId ?? null));
  }
}
