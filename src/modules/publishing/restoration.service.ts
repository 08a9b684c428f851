import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRelay } from '../../common/events/index.js';
import { JobQueue } from '../../common/queue/index.js';
import { PlatformRegistry } from '../../platforms/core/index.js';
import { PlanFreezer } from './plan.freezer.js';
import { PublicationRepository } from './publication.repository.js';
import { PublishProcessor } from './publish.processor.js';
import { requestPublish } from './publish.jobs.js';
import { type LostTime, RestorationRepository, type SuspectedRow } from './restoration.repository.js';

export interface SuspectedPublication {
  readonly workspaceId: string;
  readonly publicationId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly dueAt: Date;
  /** Whether the platform can be asked; where it cannot, a person has to say. */
  readonly canBeTold: boolean;
}

export interface Restored extends LostTime {
  /** Marked by this call; a second one finds nothing left. */
  readonly suspected: readonly SuspectedPublication[];
  /** Events that no listener has taken yet: what they lead to is not among the above. */
  readonly undelivered: number;
}

export interface RestoredOptions {
  /** Also what is due later. */
  readonly upcoming: boolean;
  /** Changes nothing. */
  readonly dryRun: boolean;
}

/** After a backup was restored, and before any process works on it: what may have gone out is looked for first (docs/adr/0016). */
@Injectable()
export class RestorationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly restorations: RestorationRepository,
    private readonly publications: PublicationRepository,
    private readonly freezer: PlanFreezer,
    private readonly registry: PlatformRegistry,
    private readonly relay: EventRelay,
    private readonly queue: JobQueue,
    private readonly requests: PublishProcessor,
  ) {}

  async restored(since: Date, { upcoming, dryRun }: RestoredOptions): Promise<Restored> {
    if (dryRun) {
      const lost = await this.restorations.foresee(since);
      const rows = await this.restorations.findSuspected({ ...lost, upcoming });
      return this.report(lost, rows);
    }
    await this.finishWhatWasBegun();
    const lost = await this.restorations.begin(since);
    const rows = await this.restorations.findSuspected({ ...lost, upcoming });
    const marked: SuspectedRow[] = [];
    for (const row of rows) if (await this.suspect(row, lost, upcoming)) marked.push(row);
    return this.report(lost, marked);
  }

  /** Wishes and events from before the backup lead to publications that may have gone out as well: they have to be there first. */
  private async finishWhatWasBegun(): Promise<void> {
    for (const wish of await this.queue.waiting(requestPublish)) await this.requests.request(wish);
    await this.relay.drain();
  }

  private suspect(row: SuspectedRow, lost: LostTime, upcoming: boolean): Promise<boolean> {
    return this.unitOfWork.run(
      row.workspace_id,
      async () => {
        // It is looked for by what it said when the backup was made.
        const publication = await this.freezer.frozen(row.id);
        if (!(await this.restorations.suspect(row.id, { ...lost, upcoming }))) return false;
        await this.publications.note(publication, {
          state: publication.state,
          reason: 'backup_restored',
          token: null,
          details: { since: lost.since.toISOString(), until: lost.until.toISOString() },
        });
        return true;
      },
      { durable: true },
    );
  }

  private async report(lost: LostTime, rows: readonly SuspectedRow[]): Promise<Restored> {
    return {
      ...lost,
      suspected: rows.map((row) => ({
        workspaceId: row.workspace_id,
        publicationId: row.id,
        postId: row.post_id,
        accountId: row.account_id,
        platform: row.platform,
        dueAt: row.due_at,
        canBeTold: this.canBeTold(row.platform),
      })),
      undelivered: await this.relay.countUndelivered(),
    };
  }

  private canBeTold(platform: string): boolean {
    return this.registry.get(platform).publisher.descriptor.capabilities.reconcile.findsForgotten === true;
  }
}
