import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { newId } from '../../common/ids/index.js';
import { PlatformRegistry, unfitOf } from '../../platforms/core/index.js';
import { AccountDirectory } from '../accounts/index.js';
import { MediaRenditions } from '../media/index.js';
import { Delay } from './delay.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { PlanStarted } from './events/index.js';
import { LedgerRepository } from './ledger.repository.js';
import { PlanFreezer } from './plan.freezer.js';
import { PlanRepository } from './plan.repository.js';
import { type Claimed, PublicationRepository } from './publication.repository.js';
import { type Claim, PublicationRun } from './publication.run.js';
import { isEnd } from './publication.states.js';
import { WakeQueue } from './wake.queue.js';

export interface WakeRef {
  readonly workspaceId: string;
  readonly publicationId: string;
  readonly wakeNo: number;
}

/** Milliseconds that a job which came early waits in place; with more to go it is put back. */
const waitInPlaceMs = 2_000;

/** Claims a publication and, in a later transaction, reads everything that its run needs. */
@Injectable()
export class RunLoader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly recorder: EventRecorder,
    private readonly ledger: LedgerRepository,
    private readonly freezer: PlanFreezer,
    private readonly accounts: AccountDirectory,
    private readonly registry: PlatformRegistry,
    private readonly renditions: MediaRenditions,
    private readonly wakes: WakeQueue,
    private readonly clock: Clock,
    private readonly delay: Delay,
  ) {}

  /** Null when there is nothing to do for this wake: done, canceled, not current, or in other hands. */
  async load(ref: WakeRef): Promise<PublicationRun | null> {
    const token = newId();
    const claimed = await this.claim(ref, token);
    if (claimed === null) return null;
    return this.unitOfWork.run(ref.workspaceId, async () => {
      const publication = await this.freezer.frozen(ref.publicationId);
      if (!claimed.planHasBegun) await this.begin(publication);
      const account = await this.accounts.find(publication.accountId);
      if (publication.content === null || publication.contentRevision === null || account === null)
        return null;
      const { publisher } = this.registry.get(publication.platform);
      const { contentRevision } = publication;
      const { content, open, failed } = await this.renditions.resolve(publication.content);
      const run = new PublicationRun(
        publication,
        content,
        contentRevision,
        token,
        account.ref,
        publisher,
        claimed,
        this.clock,
      );

      run.media = { open: open.length, failed: unfitOf(content) ?? failed[0]?.error ?? null };
      const { steps, commits } = await this.ledger.read(publication.id, contentRevision);
      for (const step of steps) run.steps.set(step.key, step);
      for (const commit of commits) run.commits.set(commit.key, commit);
      return run;
    });
  }

  /** A plan whose own job was lost begins with the first of its targets. */
  private async begin({ workspaceId, planId, postId }: PublicationEntity): Promise<void> {
    if (await this.plans.start(planId))
      this.recorder.record(new PlanStarted(workspaceId, { planId, postId }));
  }

  private async claim(ref: WakeRef, token: string): Promise<(Claim & Pick<Claimed, 'planHasBegun'>) | null> {
    for (;;) {
      const monotonicMs = this.clock.monotonicMs();
      const claimed = await this.unitOfWork.run(
        ref.workspaceId,
        () => this.publications.claim(ref.publicationId, ref.wakeNo, token),
        {
          durable: true,
        },
      );
      if (claimed !== null) return { ...claimed, monotonicMs };
      const earlyMs = await this.unitOfWork.run(ref.workspaceId, () => this.earlyBy(ref));
      if (earlyMs === null) return null;
      if (earlyMs > waitInPlaceMs) {
        await this.unitOfWork.run(ref.workspaceId, () => this.putBack(ref));
        return null;
      }
      await this.delay.for(earlyMs + 1);
    }
  }

  /** Milliseconds until the wake of this job; null when it is not waiting for its time. */
  private async earlyBy(ref: WakeRef): Promise<number | null> {
    const row = await this.publications.find(ref.publicationId);
    if (
      row === null ||
      isEnd(row.state) ||
      row.wakeNo !== ref.wakeNo ||
      row.wakeAt === null ||
      row.leaseToken !== null
    )
      return null;
    const ms = row.wakeAt.getTime() - (await this.publications.now()).getTime();
    return ms > 0 ? ms : null;
  }

  private async putBack(ref: WakeRef): Promise<void> {
    const row = await this.publications.lock(ref.publicationId);
    if (
      row === null ||
      isEnd(row.state) ||
      row.wakeNo !== ref.wakeNo ||
      row.wakeAt === null ||
      row.leaseToken !== null
    )
      return;
    const inMs = row.wakeAt.getTime() - (await this.publications.now()).getTime();
    const wake = await this.publications.wake(
      row,
      { state: row.state, reason: 'came_early', token: null },
      row.wakeReason ?? 'due',
      Math.max(0, inMs),
      {},
    );
    this.wakes.publication(row.id, wake);
  }
}
