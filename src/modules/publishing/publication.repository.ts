import type { ObjectLiteral } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import { priorities } from '../content/index.js';
import type { TargetContent } from '../../platforms/core/index.js';
import { PublicationEntity } from './entities/publication.entity.js';
import { TransitionEntity } from './entities/transition.entity.js';
import { type RetryFilter, whereUnsuccessful } from './retry.filter.js';
import { assertTransition, type PublicationState, type WakeReason } from './publication.states.js';

/** Seconds for which a claim or a heartbeat gives the right to decide. */
export const leaseSeconds = 30;

/** Ranks beyond it are served alike. */
export const maxRank = 1_000;

export type PublicationStanding = Pick<PublicationEntity, 'id' | 'state' | 'wakeNo' | 'wakeReason'>;

export interface NextWake {
  readonly wakeNo: number;
  /** Milliseconds from now; negative when overdue. */
  readonly inMs: number;
}

export interface Claimed {
  readonly wokenBy: WakeReason;
  /** By the database's clock. */
  readonly at: Date;
  readonly planHasBegun: boolean;
}

export interface Changed {
  readonly state: PublicationState;
  readonly reason: string;
  readonly token: string | null;
  readonly details?: object;
}

/** Columns that a change may set besides the state. */
export type PublicationPatch = Partial<
  Pick<
    PublicationEntity,
    | 'platformPostId'
    | 'permalink'
    | 'publishedAt'
    | 'settledAt'
    | 'reason'
    | 'error'
    | 'warnings'
    | 'retries'
    | 'renewedVersion'
    | 'waitsFor'
    | 'goingOutAt'
    | 'held'
    | 'suspectedSince'
    | 'suspectedAt'
    | 'lateAllowed'
    | 'patienceFrom'
  >
>;

@Injectable()
export class PublicationRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The database's clock: what times of several processes are compared by. */
  async now(): Promise<Date> {
    const [row] = await this.unitOfWork.manager.query<{ now: Date }[]>('SELECT fanfare.now() AS now');
    if (row === undefined) throw new Error('the database has no clock');
    return row.now;
  }

  find(id: string): Promise<PublicationEntity | null> {
    return this.unitOfWork.manager.findOneBy(PublicationEntity, {
      workspaceId: this.unitOfWork.workspaceId,
      id,
    });
  }

  findOfPlan(planId: string): Promise<PublicationEntity[]> {
    return this.unitOfWork.manager.find(PublicationEntity, {
      where: { workspaceId: this.unitOfWork.workspaceId, planId },
      order: { id: 'ASC' },
    });
  }

  /** Without their content, which may be long. */
  statesOfPlan(planId: string): Promise<PublicationStanding[]> {
    return this.unitOfWork.manager.query<PublicationStanding[]>(
      `SELECT id, state, wake_no AS "wakeNo", wake_reason AS "wakeReason" FROM publications
        WHERE workspace_id = $1 AND plan_id = $2 ORDER BY id`,
      [this.unitOfWork.workspaceId, planId],
    );
  }

  findOfPost(postId: string): Promise<PublicationEntity[]> {
    return this.unitOfWork.manager.find(PublicationEntity, {
      where: { workspaceId: this.unitOfWork.workspaceId, postId },
      order: { id: 'ASC' },
    });
  }

  /** What ended unsuccessfully and may be retried by filter, oldest first. */
  async findRetryable({ limit, ...filter }: RetryFilter): Promise<string[]> {
    const query = this.unitOfWork.manager
      .createQueryBuilder(PublicationEntity, 'p')
      .select('p.id', 'id')
      .where('p.workspace_id = :workspaceId', { workspaceId: this.unitOfWork.workspaceId })
      .andWhere(`p.state <> 'unconfirmed'`)
      .orderBy('p.id')
      .limit(limit);
    const rows = await whereUnsuccessful(query, filter).getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }

  /**
   * How many of the workspace's open wakes come before one of this priority at this time, counted up to a bound (docs/adr/0006). Who
   * overtakes others of his own becomes the second at best, so that no workspace has two that are first (docs/adr/0013).
   */
  async rank(inMs: number, priority: number): Promise<number> {
    const open = `workspace_id = $1 AND state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text])
            AND wake_at <= (SELECT fanfare.now()) + $2::double precision * interval '1 millisecond'`;
    const [row] = await this.unitOfWork.manager.query<{ all: number; before: number }[]>(
      `SELECT (SELECT count(*) FROM (SELECT FROM publications WHERE ${open} LIMIT $3) AS a)::int AS all,
              (SELECT count(*) FROM (SELECT FROM publications WHERE ${open} AND priority = ANY ($4::smallint[]) LIMIT $3) AS b)::int AS before`,
      [this.unitOfWork.workspaceId, inMs, maxRank, [...priorities.keys()].slice(0, priority + 1)],
    );
    return Math.max(1, Math.min((row?.before ?? 0) + 1, row?.all ?? 1));
  }

  /** Of the publication, or of the plan's most urgent one. */
  async priorityOf(id: string): Promise<number> {
    const [row] = await this.unitOfWork.manager.query<{ priority: number | null }[]>(
      `SELECT min(priority) AS priority FROM publications WHERE workspace_id = $1 AND (id = $2 OR plan_id = $2)`,
      [this.unitOfWork.workspaceId, id],
    );
    return row?.priority ?? priorities.indexOf('normal');
  }

  /** Locks the rows in a fixed order; the plan must be locked already. */
  lockOfPlan(planId: string): Promise<PublicationEntity[]> {
    return this.unitOfWork.manager
      .createQueryBuilder(PublicationEntity, 'p')
      .where('p.workspace_id = :workspaceId AND p.plan_id = :planId', {
        workspaceId: this.unitOfWork.workspaceId,
        planId,
      })
      .orderBy('p.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  async insert(rows: readonly Partial<PublicationEntity>[]): Promise<void> {
    if (rows.length === 0) return;
    await this.unitOfWork.manager
      .createQueryBuilder()
      .insert()
      .into<ObjectLiteral>(PublicationEntity)
      .values([...rows])
      .orIgnore()
      .updateEntity(false)
      .execute();
  }

  /** The plan must be locked; the rows are locked in the order of their ids. */
  async freeze(
    contents: readonly { readonly id: string; readonly content: TargetContent }[],
    revision: number,
  ): Promise<void> {
    await this.unitOfWork.manager.query(
      `WITH given AS (SELECT id, content FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, content jsonb)),
       locked AS MATERIALIZED (
         SELECT p.id FROM publications p WHERE p.workspace_id = $1 AND p.id IN (SELECT id FROM given) ORDER BY p.id FOR UPDATE)
       UPDATE publications p SET content = given.content, content_revision = $3
         FROM locked JOIN given USING (id)
        WHERE p.workspace_id = $1 AND p.id = locked.id`,
      [this.unitOfWork.workspaceId, JSON.stringify(contents), revision],
    );
  }

  /**
   * Takes the right to decide, and answers what the wake was for, when that was, and whether the plan has begun; null when the wake is
   * not current, not yet due, or somebody else has the right.
   */
  async claim(id: string, wakeNo: number, token: string): Promise<Claimed | null> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE publications
          SET state = 'running', lease_token = $4, lease_until = fanfare.now() + make_interval(secs => $5),
              wake_at = fanfare.now() + make_interval(secs => $5), wake_reason = 'lease', claims = claims + 1, swept_at = NULL
         FROM (SELECT wake_reason AS woken_by FROM publications WHERE workspace_id = $1 AND id = $2) AS before
        WHERE workspace_id = $1 AND id = $2 AND wake_no = $3
          AND state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text])
          AND (lease_until IS NULL OR lease_until < (SELECT fanfare.now()))
          AND wake_at <= (SELECT fanfare.now())
       RETURNING coalesce(woken_by, 'due') AS "wokenBy", fanfare.now() AS at,
                 (SELECT started_at IS NOT NULL FROM plans
                   WHERE workspace_id = publications.workspace_id AND id = publications.plan_id) AS "planHasBegun"`,
      [this.unitOfWork.workspaceId, id, wakeNo, token, leaseSeconds],
    );
    return updatedRows<Claimed>(result)[0] ?? null;
  }

  /** False when the right to decide is gone. */
  async extendLease(id: string, token: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE publications
          SET lease_until = greatest(lease_until, fanfare.now() + make_interval(secs => $4)),
              wake_at = greatest(wake_at, fanfare.now() + make_interval(secs => $4))
        WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 AND lease_until > (SELECT fanfare.now())
       RETURNING id`,
      [this.unitOfWork.workspaceId, id, token, leaseSeconds],
    );
    return updatedRows(result).length === 1;
  }

  /** Locks the row if the token still has the right to decide. */
  async lockUnderLease(id: string, token: string): Promise<PublicationEntity | null> {
    return this.unitOfWork.manager
      .createQueryBuilder(PublicationEntity, 'p')
      .where('p.workspace_id = :workspaceId AND p.id = :id', { workspaceId: this.unitOfWork.workspaceId, id })
      .andWhere('p.lease_token = :token AND p.lease_until > (SELECT fanfare.now())', { token })
      .setLock('pessimistic_write')
      .getOne();
  }

  lock(id: string): Promise<PublicationEntity | null> {
    return this.unitOfWork.manager
      .createQueryBuilder(PublicationEntity, 'p')
      .where('p.workspace_id = :workspaceId AND p.id = :id', { workspaceId: this.unitOfWork.workspaceId, id })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** Ends the lease and the wake. The row must be locked by the caller. */
  async end(row: PublicationEntity, changed: Changed, patch: PublicationPatch): Promise<void> {
    assertTransition(row.state, changed.state);
    await this.unitOfWork.manager
      .createQueryBuilder()
      .update<ObjectLiteral>(PublicationEntity)
      .set({
        ...patch,
        state: changed.state,
        settledAt: () => 'fanfare.now()',
        leaseToken: null,
        leaseUntil: null,
        wakeAt: null,
        wakeReason: null,
        sweptAt: null,
      })
      .where({ workspaceId: row.workspaceId, id: row.id })
      .execute();
    await this.note(row, changed);
  }

  /** Changes what is told about a publication without another state. The row must be locked by the caller. */
  async amend(row: PublicationEntity, changed: Changed, patch: PublicationPatch): Promise<void> {
    await this.unitOfWork.manager
      .createQueryBuilder()
      .update<ObjectLiteral>(PublicationEntity)
      .set(patch)
      .where({ workspaceId: row.workspaceId, id: row.id })
      .execute();
    await this.note(row, changed);
  }

  /** Sets the next wake and gives the right to decide back. The row must be locked by the caller. */
  async wake(
    row: PublicationEntity,
    changed: Changed,
    wakeReason: WakeReason,
    delayMs: number,
    patch: PublicationPatch,
  ): Promise<NextWake> {
    if (row.state !== changed.state) assertTransition(row.state, changed.state);
    const result = await this.unitOfWork.manager
      .createQueryBuilder()
      .update<ObjectLiteral>(PublicationEntity)
      .set({
        ...patch,
        state: changed.state,
        settledAt: null,
        // A run that comes to its next wake has not died: only runs that vanish count as claims without an end.
        claims: 0,
        leaseToken: null,
        leaseUntil: null,
        wakeAt: () => `fanfare.now() + make_interval(secs => ${(delayMs / 1000).toFixed(3)})`,
        wakeReason,
        wakeNo: () => 'wake_no + 1',
        sweptAt: null,
      })
      .where({ workspaceId: row.workspaceId, id: row.id })
      .returning('wake_no')
      .execute();
    await this.note(row, changed);
    const [updated] = result.raw as { wake_no: number }[];
    if (updated === undefined) throw new Error(`publication ${row.id} vanished`);
    return { wakeNo: updated.wake_no, inMs: delayMs };
  }

  /** An ended step proves that the engine does not die on this publication. */
  async progressed(id: string, token: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE publications SET claims = 0
        WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 AND lease_until > (SELECT fanfare.now()) RETURNING id`,
      [this.unitOfWork.workspaceId, id, token],
    );
    return updatedRows(result).length === 1;
  }

  /** Once it is proven that no call created anything, it can be canceled and edited again. The row must be locked. */
  async forgetGoingOut(id: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE publications p SET going_out_at = NULL
        WHERE p.workspace_id = $1 AND p.id = $2
          AND NOT EXISTS (SELECT FROM commits c
             WHERE c.workspace_id = $1 AND c.publication_id = $2 AND c.state <> 'clear')`,
      [this.unitOfWork.workspaceId, id],
    );
  }

  /** Holds a publication that is later than its post allows, unless somebody has said that it may go out all the same. */
  async askWhetherLate(id: string, token: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE publications SET held = true, reason = 'too_late'
        WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 AND NOT late_allowed RETURNING id`,
      [this.unitOfWork.workspaceId, id, token],
    );
    return updatedRows(result).length === 1;
  }

  /** By its id, or by the address where people see it. */
  async isTaken(
    accountId: string,
    { platformPostId, permalink }: { readonly platformPostId: string; readonly permalink: string | null },
    except: string,
  ): Promise<boolean> {
    const [row] = await this.unitOfWork.manager.query<{ taken: boolean }[]>(
      `SELECT EXISTS (SELECT FROM publications
         WHERE workspace_id = $1 AND account_id = $2 AND (platform_post_id = $3 OR permalink = $5) AND id <> $4) AS taken`,
      [this.unitOfWork.workspaceId, accountId, platformPostId, except, permalink],
    );
    return row?.taken === true;
  }

  async note(row: Pick<PublicationEntity, 'workspaceId' | 'id' | 'state'>, changed: Changed): Promise<void> {
    await this.unitOfWork.manager.insert(TransitionEntity, {
      workspaceId: row.workspaceId,
      id: newId(),
      publicationId: row.id,
      fromState: row.state,
      toState: changed.state,
      reason: changed.reason,
      leaseToken: changed.token,
      details: changed.details ?? null,
    });
  }
}
