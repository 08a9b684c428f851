import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import type { CommitResult, JsonObject, JsonValue } from '../../platforms/core/index.js';
import { AttemptEntity } from './entities/attempt.entity.js';
import { CallEntity } from './entities/call.entity.js';
import { CommitEntity } from './entities/commit.entity.js';
import { LookEntity } from './entities/look.entity.js';
import { StepEntity } from './entities/step.entity.js';
import type { StoredError } from './stored-error.js';

/** Everything that is remembered of a publication at one content revision. */
export interface Ledger {
  readonly steps: StepEntity[];
  /** In the order in which they were first opened. */
  readonly commits: CommitEntity[];
}

export interface CallToOpen {
  readonly id: string;
  readonly publicationId: string;
  readonly accountId: string;
  readonly brandId: string | null;
  readonly attemptId: string;
  readonly contentRevision: number;
  readonly key: string;
  readonly token: string;
  readonly requestHash: string;
  readonly fingerprint: string;
  readonly request: object;
  readonly deadlineMs: number;
  readonly repeatSafeForMs: number | null;
}

/** A call that the caller has made itself. */
export type OwnCall = Pick<CallToOpen, 'id' | 'publicationId' | 'contentRevision' | 'key' | 'token'>;

/** What the fence said: the call may be sent, or why not. */
export type OpenedCall =
  { readonly opened: true; readonly no: number } | { readonly opened: false; readonly fenced: boolean };

/** Seconds of lease beyond a call's deadline. */
const leaseAfterDeadlineSeconds = 15;

@Injectable()
export class LedgerRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async read(publicationId: string, contentRevision: number): Promise<Ledger> {
    const where = { workspaceId: this.unitOfWork.workspaceId, publicationId, contentRevision };
    const steps = await this.unitOfWork.manager.find(StepEntity, { where });
    const commits = await this.unitOfWork.manager.find(CommitEntity, { where, order: { position: 'ASC' } });
    return { steps, commits };
  }

  async startAttempt(publicationId: string, token: string, wakeReason: string): Promise<string | null> {
    const id = newId();
    const rows = await this.unitOfWork.manager.query<{ id: string }[]>(
      `WITH counted AS (
         UPDATE publications SET attempt_count = attempt_count + 1
          WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 AND lease_until > (SELECT fanfare.now())
         RETURNING attempt_count)
       INSERT INTO attempts (workspace_id, id, publication_id, no, lease_token, wake_reason)
       SELECT $1, $4, $2, attempt_count, $3, $5 FROM counted RETURNING id`,
      [this.unitOfWork.workspaceId, publicationId, token, id, wakeReason],
    );
    return rows.length === 1 ? id : null;
  }

  async endAttempt(id: string, outcome: string, error: StoredError | null): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE attempts SET ended_at = fanfare.now(), outcome = $3, error = $4::jsonb
        WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL`,
      [this.unitOfWork.workspaceId, id, outcome, error === null ? null : JSON.stringify(error)],
    );
  }

  async saveStep(step: {
    publicationId: string;
    contentRevision: number;
    key: string;
    kind: 'step' | 'wait';
    ended: boolean;
    value: { result: JsonValue } | null;
    sealed: object | null;
    validForMs: number | null;
  }): Promise<StepEntity> {
    const rows = await this.unitOfWork.manager.query<
      { looks: number; created_at: Date; valid_until: Date | null }[]
    >(
      `INSERT INTO steps AS s (workspace_id, publication_id, content_revision, key, kind, ended, value, sealed, valid_until, looks)
       VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb,
               fanfare.now() + $9::double precision * interval '1 millisecond', 1)
       ON CONFLICT (workspace_id, publication_id, content_revision, key)
       DO UPDATE SET ended = excluded.ended, value = excluded.value, sealed = excluded.sealed,
                     valid_until = excluded.valid_until, looks = s.looks + 1
       RETURNING looks, created_at, valid_until`,
      [
        this.unitOfWork.workspaceId,
        step.publicationId,
        step.contentRevision,
        step.key,
        step.kind,
        step.ended,
        step.value === null ? null : JSON.stringify(step.value),
        step.sealed === null ? null : JSON.stringify(step.sealed),
        step.validForMs,
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`step ${step.key} was not stored`);
    const { validForMs: _, ...columns } = step;
    return this.unitOfWork.manager.create(StepEntity, {
      ...columns,
      workspaceId: this.unitOfWork.workspaceId,
      looks: row.looks,
      createdAt: row.created_at,
      validUntil: row.valid_until,
    });
  }

  /**
   * The fence. One statement checks the right to decide on the publication's row and that no hold covers it, extends the lease
   * beyond the call's deadline, opens the commit and writes the call. Runs in a durable transaction of its own. Throws the unique
   * violation of `commits_open_fingerprint` when the same content is open on this account elsewhere.
   */
  async openCall(call: CallToOpen): Promise<OpenedCall> {
    const [row] = await this.unitOfWork.manager.query<{ fenced: string; no: number | null }[]>(
      `WITH clock AS (SELECT fanfare.now() AS now),
       fence AS (
         UPDATE publications p
            SET going_out_at = coalesce(p.going_out_at, clock.now),
                lease_until = clock.now + ($6::double precision + $7::double precision) * interval '1 second', wake_at = clock.now + ($6::double precision + $7::double precision) * interval '1 second'
           FROM clock
          WHERE p.workspace_id = $1 AND p.id = $2 AND p.lease_token = $3 AND p.lease_until > clock.now
            AND p.state = 'running' AND p.content_revision = $4 AND NOT p.held
            AND NOT EXISTS (SELECT FROM holds h
                             WHERE h.workspace_id = $1 AND (h.scope = 'workspace' OR h.subject_id = CASE h.scope
                                   WHEN 'post' THEN p.post_id WHEN 'account' THEN p.account_id WHEN 'brand' THEN $15::uuid END))
         RETURNING clock.now AS now),
       opened AS (
         INSERT INTO commits AS c (workspace_id, publication_id, content_revision, key, position, account_id, fingerprint,
                                   request_hash, state, calls, first_started_at, last_started_at, deadline_at, repeat_until)
         SELECT $1, $2, $4, $5,
                (SELECT count(*) FROM commits k WHERE k.workspace_id = $1 AND k.publication_id = $2 AND k.content_revision = $4),
                $8, $9, $10, 'open', 1, fence.now, fence.now, fence.now + $6::double precision * interval '1 second',
                fence.now + $11::double precision * interval '1 millisecond'
           FROM fence
         ON CONFLICT (workspace_id, publication_id, content_revision, key) DO UPDATE
            SET state = 'open', calls = c.calls + 1, request_hash = excluded.request_hash, last_started_at = excluded.last_started_at,
                deadline_at = excluded.deadline_at, first_absent_at = NULL
          WHERE c.request_hash IN (excluded.request_hash, '')
            AND (c.state = 'clear' OR (c.state = 'open' AND c.repeat_until > excluded.last_started_at))
         RETURNING c.calls, c.last_started_at, c.deadline_at),
       written AS (
         INSERT INTO calls (workspace_id, id, publication_id, content_revision, commit_key, no, attempt_id, lease_token,
                            request_hash, request, started_at, deadline_at)
         SELECT $1, $12, $2, $4, $5, opened.calls, $13, $3, $10, $14::jsonb, opened.last_started_at, opened.deadline_at
           FROM opened
         RETURNING no)
       SELECT (SELECT count(*) FROM fence) AS fenced, (SELECT no FROM written) AS no`,
      [
        this.unitOfWork.workspaceId,
        call.publicationId,
        call.token,
        call.contentRevision,
        call.key,
        call.deadlineMs / 1000,
        leaseAfterDeadlineSeconds,
        call.accountId,
        call.fingerprint,
        call.requestHash,
        call.repeatSafeForMs,
        call.id,
        call.attemptId,
        JSON.stringify(call.request),
        call.brandId,
      ],
    );
    if (row?.no !== null && row?.no !== undefined) return { opened: true, no: row.no };
    return { opened: false, fenced: Number(row?.fenced ?? 0) === 1 };
  }

  findCommit(publicationId: string, contentRevision: number, key: string): Promise<CommitEntity | null> {
    return this.unitOfWork.manager.findOneBy(CommitEntity, {
      workspaceId: this.unitOfWork.workspaceId,
      publicationId,
      contentRevision,
      key,
    });
  }

  findCall(id: string): Promise<CallEntity | null> {
    return this.unitOfWork.manager.findOneBy(CallEntity, { workspaceId: this.unitOfWork.workspaceId, id });
  }

  findCalls(publicationId: string): Promise<CallEntity[]> {
    return this.unitOfWork.manager.find(CallEntity, {
      where: { workspaceId: this.unitOfWork.workspaceId, publicationId },
      order: { startedAt: 'ASC', id: 'ASC' },
    });
  }

  /** Adds the outcome of a call; false when it had one already. Needs no lease: evidence is always welcome. */
  async addOutcome(
    callId: string,
    outcome: 'done' | 'refused' | 'unknown',
    evidence: { answer: object | null; result: CommitResult | null; error: StoredError | null },
  ): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE calls SET outcome = $3, ended_at = fanfare.now(), answer = $4::jsonb, result = $5::jsonb, error = $6::jsonb
        WHERE workspace_id = $1 AND id = $2 AND outcome IS NULL RETURNING id`,
      [
        this.unitOfWork.workspaceId,
        callId,
        outcome,
        evidence.answer === null ? null : JSON.stringify(evidence.answer),
        evidence.result === null ? null : JSON.stringify(evidence.result),
        evidence.error === null ? null : JSON.stringify(evidence.error),
      ],
    );
    return updatedRows(result).length === 1;
  }

  /**
   * The usual end of a visible call, in one statement: whoever made it still has the right to decide, and its commit is open. False,
   * with nothing written about the call, in every other case. Locks the publication before the commit, and no plan: the caller's
   * next step must be a transaction of its own. An ended call also proves that the engine does not die on this publication.
   */
  async closeOwn(call: OwnCall, result: CommitResult, answer: object | null): Promise<boolean> {
    const [row] = await this.unitOfWork.manager.query<{ closed: string }[]>(
      `WITH mine AS (
         UPDATE publications SET claims = 0
          WHERE workspace_id = $1 AND id = $2 AND lease_token = $3 AND lease_until > (SELECT fanfare.now()) AND state = 'running'
         RETURNING id),
       closed AS (
         UPDATE commits c SET state = 'done', result = $6::jsonb, resolved_by = 'answer'
           FROM mine
          WHERE c.workspace_id = $1 AND c.publication_id = mine.id AND c.content_revision = $4 AND c.key = $5 AND c.state = 'open'
         RETURNING c.key),
       kept AS (
         UPDATE calls k SET outcome = 'done', ended_at = fanfare.now(), answer = $8::jsonb, result = $6::jsonb
           FROM closed
          WHERE k.workspace_id = $1 AND k.id = $7 AND k.outcome IS NULL)
       SELECT count(*) AS closed FROM closed`,
      [
        this.unitOfWork.workspaceId,
        call.publicationId,
        call.token,
        call.contentRevision,
        call.key,
        JSON.stringify(result),
        call.id,
        answer === null ? null : JSON.stringify(answer),
      ],
    );
    return Number(row?.closed ?? 0) === 1;
  }

  /** Whether the call before this one had an outcome that is not known, for another reason than this failure. */
  async followsUnknown(callId: string, code: string): Promise<boolean> {
    const rows: unknown[] = await this.unitOfWork.manager.query(
      `SELECT before.id FROM calls this
         JOIN calls before ON before.workspace_id = this.workspace_id AND before.publication_id = this.publication_id
          AND before.content_revision = this.content_revision AND before.commit_key = this.commit_key
          AND before.no = this.no - 1
        WHERE this.workspace_id = $1 AND this.id = $2 AND (before.outcome IS NULL OR before.outcome = 'unknown')
          AND before.error ->> 'code' IS DISTINCT FROM $3`,
      [this.unitOfWork.workspaceId, callId, code],
    );
    return rows.length > 0;
  }

  async markDone(commit: CommitEntity, result: CommitResult, resolvedBy: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE commits SET state = 'done', result = $5::jsonb, resolved_by = $6
        WHERE workspace_id = $1 AND publication_id = $2 AND content_revision = $3 AND key = $4 AND state <> 'done'`,
      [
        commit.workspaceId,
        commit.publicationId,
        commit.contentRevision,
        commit.key,
        JSON.stringify(result),
        resolvedBy,
      ],
    );
  }

  /** Clears an open commit when every one of its calls is proven to have created nothing. */
  async clearIfProven(
    commit: Pick<CommitEntity, 'workspaceId' | 'publicationId' | 'contentRevision' | 'key'>,
  ): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE commits c SET state = 'clear'
        WHERE c.workspace_id = $1 AND c.publication_id = $2 AND c.content_revision = $3 AND c.key = $4 AND c.state = 'open'
          AND NOT EXISTS (SELECT FROM calls k
             WHERE k.workspace_id = $1 AND k.publication_id = $2 AND k.content_revision = $3 AND k.commit_key = $4
               AND k.verdict IS NULL AND (k.outcome IS NULL OR k.outcome IN ('unknown', 'done')))
       RETURNING c.key`,
      [commit.workspaceId, commit.publicationId, commit.contentRevision, commit.key],
    );
    return updatedRows(result).length === 1;
  }

  /** From now on it is looked for, not sent again under its key. */
  async endRepeating(commit: CommitEntity): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE commits SET repeat_until = least(repeat_until, fanfare.now())
        WHERE workspace_id = $1 AND publication_id = $2 AND content_revision = $3 AND key = $4`,
      [commit.workspaceId, commit.publicationId, commit.contentRevision, commit.key],
    );
  }

  /** Concludes every call of the commit that has no certain outcome. Answers what the last of them had met; null: nothing was stored. */
  async judge(
    commit: CommitEntity,
    verdict: 'found' | 'absent' | 'judged_published' | 'judged_absent',
  ): Promise<StoredError | null> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE calls SET verdict = $5, verdict_at = fanfare.now()
        WHERE workspace_id = $1 AND publication_id = $2 AND content_revision = $3 AND commit_key = $4
          AND verdict IS NULL AND (outcome IS NULL OR outcome = 'unknown')
       RETURNING no, error`,
      [commit.workspaceId, commit.publicationId, commit.contentRevision, commit.key, verdict],
    );
    const judged = updatedRows<{ no: number; error: StoredError | null }>(result);
    return judged.toSorted((a, b) => b.no - a.no)[0]?.error ?? null;
  }

  async addLook(commit: CommitEntity, verdict: string, evidence: JsonObject): Promise<void> {
    await this.unitOfWork.manager.insert(LookEntity, {
      workspaceId: commit.workspaceId,
      id: newId(),
      publicationId: commit.publicationId,
      contentRevision: commit.contentRevision,
      commitKey: commit.key,
      verdict,
      evidence,
    });
    await this.unitOfWork.manager.query(
      `UPDATE commits SET looks = looks + 1,
              first_absent_at = CASE WHEN $5 = 'absent' THEN coalesce(first_absent_at, fanfare.now()) ELSE first_absent_at END
        WHERE workspace_id = $1 AND publication_id = $2 AND content_revision = $3 AND key = $4`,
      [commit.workspaceId, commit.publicationId, commit.contentRevision, commit.key, verdict],
    );
  }

  findAttempts(publicationId: string): Promise<AttemptEntity[]> {
    return this.unitOfWork.manager.find(AttemptEntity, {
      where: { workspaceId: this.unitOfWork.workspaceId, publicationId },
      order: { no: 'ASC' },
    });
  }

  findLooks(publicationId: string): Promise<LookEntity[]> {
    return this.unitOfWork.manager.find(LookEntity, {
      where: { workspaceId: this.unitOfWork.workspaceId, publicationId },
      order: { id: 'ASC' },
    });
  }
}
