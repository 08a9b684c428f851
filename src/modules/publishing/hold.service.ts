import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import { AccountDirectory } from '../accounts/index.js';
import { HoldEntity, type HoldScope } from './entities/hold.entity.js';
import { PublicationEntity } from './entities/publication.entity.js';
import { WakeQueue } from './wake.queue.js';

type Covered = Pick<PublicationEntity, 'postId' | 'accountId'>;

/** What `mark` looks at. Most workspaces have no hold at all. */
interface Marked extends Covered, Pick<PublicationEntity, 'held' | 'reason'> {
  readonly somethingIsHeld: boolean;
}

export interface HoldSubject {
  readonly scope: HoldScope;
  /** The workspace's own id for a workspace. */
  readonly subjectId: string;
}

/** Stops and resumes what has not gone out. Inside a unit of work. */
@Injectable()
export class HoldService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountDirectory,
    private readonly wakes: WakeQueue,
  ) {}

  /**
   * Once the transaction is committed no further visible call starts: the marks are set under the row locks that a commit
   * takes. Answers how many open publications are held by it. Holding again changes the reason only.
   */
  async hold(subject: HoldSubject, reason: string | null): Promise<number> {
    const { workspaceId, manager } = this.unitOfWork;
    await manager.query(
      `INSERT INTO holds (workspace_id, id, scope, subject_id, reason) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (workspace_id, scope, subject_id) DO UPDATE SET reason = excluded.reason`,
      [workspaceId, newId(), subject.scope, subject.subjectId, reason],
    );
    const ids = await this.openIn(subject);
    const held: unknown = await manager.query(
      `UPDATE publications SET held = true WHERE workspace_id = $1 AND id = ANY($2) RETURNING id`,
      [workspaceId, ids],
    );
    return updatedRows(held).length;
  }

  /** Answers how many publications go on; those that another hold covers stay held. */
  async resume(subject: HoldSubject): Promise<number> {
    const { workspaceId, manager } = this.unitOfWork;
    await manager.delete(HoldEntity, { workspaceId, scope: subject.scope, subjectId: subject.subjectId });
    let resumed = 0;
    for (const { row, covered } of await this.judged(await this.lockIn(subject, true))) {
      if (covered) continue;
      await this.release(row);
      resumed += 1;
    }
    return resumed;
  }

  /** Brings the marks in line with the holds, after something else about the subject has changed than a hold. */
  async align(subject: HoldSubject): Promise<void> {
    const { workspaceId, manager } = this.unitOfWork;
    for (const { row, covered } of await this.judged(await this.lockIn(subject, false))) {
      if (covered && !row.held)
        await manager.update(PublicationEntity, { workspaceId, id: row.id }, { held: true });
      // A question to a person is a mark without a hold.
      if (!covered && row.held && row.reason !== 'too_late') await this.release(row);
    }
  }

  private async judged(
    rows: readonly PublicationEntity[],
  ): Promise<{ row: PublicationEntity; covered: boolean }[]> {
    const holds = await this.all();
    const accounts = await this.accounts.findMany([...new Set(rows.map((row) => row.accountId))]);
    const brands = new Map(accounts.map(({ ref, brandId }) => [ref.id, brandId]));
    return rows.map((row) => ({
      row,
      covered: holds.some((hold) => covers(hold, row, brands.get(row.accountId) ?? null)),
    }));
  }

  /** Whether a hold applies to the publication, by the rows as this statement sees them. */
  async cover(row: Covered, brandId: string | null): Promise<boolean> {
    return (await this.all()).some((hold) => covers(hold, row, brandId));
  }

  /**
   * Brings the mark of a publication that this token decides for in line with the holds, and answers it. A hold and the making
   * of a plan may miss each other: what was planned meanwhile has no mark yet, or keeps one whose hold is gone. Also answers the
   * account's brand, which is read after the mark: whoever changes it sets the mark in the same transaction.
   */
  async mark(publicationId: string, token: string): Promise<{ held: boolean; brandId: string | null }> {
    const { workspaceId, manager } = this.unitOfWork;
    const [row] = await manager.query<Marked[]>(
      `SELECT held, reason, post_id AS "postId", account_id AS "accountId",
              EXISTS (SELECT FROM holds WHERE workspace_id = $1) AS "somethingIsHeld"
         FROM publications WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, publicationId],
    );
    if (row === undefined) return { held: false, brandId: null };
    const { brandId } = (await this.accounts.find(row.accountId)) ?? { brandId: null };
    // A question to a person is a mark without a hold.
    if (row.held && row.reason === 'too_late') return { held: true, brandId };
    const covered = row.somethingIsHeld && (await this.cover(row, brandId));
    if (covered === row.held) return { held: row.held, brandId };
    // Nobody resumes meanwhile: holds are locked before publications, as holding and resuming do.
    const holds = await manager
      .createQueryBuilder(HoldEntity, 'h')
      .where('h.workspace_id = :workspaceId', { workspaceId })
      .orderBy('h.id')
      .setLock('pessimistic_read')
      .getMany();
    const held = holds.some((hold) => covers(hold, row, brandId));
    const changed: unknown = await manager.query(
      `UPDATE publications SET held = $4
        WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 RETURNING id`,
      [workspaceId, publicationId, token, held],
    );
    return { held: updatedRows(changed).length === 1 ? held : row.held, brandId };
  }

  all(): Promise<HoldEntity[]> {
    return this.unitOfWork.manager.findBy(HoldEntity, { workspaceId: this.unitOfWork.workspaceId });
  }

  private async release(row: PublicationEntity): Promise<void> {
    const { workspaceId, manager } = this.unitOfWork;
    const result: unknown = await manager.query(
      `UPDATE publications
          SET held = false, late_allowed = true, reason = NULL, patience_from = fanfare.now(),
              wake_at = CASE WHEN wake_reason = 'hold' THEN fanfare.now() ELSE wake_at END,
              wake_no = CASE WHEN wake_reason = 'hold' THEN wake_no + 1 ELSE wake_no END
        WHERE workspace_id = $1 AND id = $2 RETURNING wake_no, wake_reason`,
      [workspaceId, row.id],
    );
    const [released] = updatedRows<{ wake_no: number; wake_reason: string | null }>(result);
    if (released?.wake_reason === 'hold')
      this.wakes.publication(row.id, { wakeNo: released.wake_no, inMs: 0 });
  }

  private async openIn(subject: HoldSubject): Promise<string[]> {
    const rows = await this.lockIn(subject, false);
    return rows.map((row) => row.id);
  }

  /** Open publications of the subject, locked in the order of their ids. */
  private async lockIn(subject: HoldSubject, heldOnly: boolean): Promise<PublicationEntity[]> {
    const { workspaceId, manager } = this.unitOfWork;
    const conditions: Record<HoldScope, string> = {
      post: 'p.post_id = :subjectId',
      account: 'p.account_id = :subjectId',
      brand: 'p.account_id IN (:...accountIds)',
      workspace: 'p.workspace_id = :subjectId',
    };
    const accountIds = subject.scope === 'brand' ? await this.accountsOf(subject.subjectId) : [];
    if (subject.scope === 'brand' && accountIds.length === 0) return [];
    const query = manager
      .createQueryBuilder<PublicationEntity>('PublicationEntity', 'p')
      .where('p.workspace_id = :workspaceId', { workspaceId })
      .andWhere(`p.state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text])`)
      .andWhere(conditions[subject.scope], { subjectId: subject.subjectId, accountIds })
      .orderBy('p.id')
      .setLock('pessimistic_write');
    if (heldOnly) query.andWhere('p.held');
    return query.getMany();
  }

  private async accountsOf(brandId: string): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.accounts.list({
        brandId,
        limit: 100,
        ...(cursor === undefined ? {} : { cursor }),
      });
      ids.push(...page.items.map(({ ref }) => ref.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return ids;
  }
}

/** Whether a hold applies to a publication of this post on this account. */
export function covers(hold: HoldEntity, row: Covered, brandId: string | null): boolean {
  switch (hold.scope) {
    case 'post':
      return hold.subjectId === row.postId;
    case 'account':
      return hold.subjectId === row.accountId;
    case 'brand':
      return hold.subjectId === brandId;
    case 'workspace':
      return true;
  }
}
