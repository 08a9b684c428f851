import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../database/index.js';
import type { StoredAnswer } from './stored-answer.js';

export interface NamedRequest {
  readonly key: string;
  readonly route: string;
  readonly bodyHash: string;
}

export interface KeyRow {
  readonly route: string;
  readonly body_hash: string;
  readonly state: 'running' | 'done';
  readonly answer: StoredAnswer | null;
  readonly subject: string | null;
  /** Seconds until a crashed holder counts as gone. */
  readonly locked_for: number;
}

/** Seconds for which a request may run before it counts as crashed. */
const lockSeconds = 120;
const keptHours = 24;
const purgeBatch = 100;
/** Keys that a sweep over all workspaces removes in one transaction. */
const sweepBatch = 1_000;

/** Rows of `idempotency_keys`, inside the open unit of work; only the sweep is one of its own. */
@Injectable()
export class IdempotencyRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Takes the key for a claim: a new one, one that is over, or one whose holder has crashed. Answers what the crashed
   * holder had made; undefined when the key is not to be had.
   */
  async claim(
    { key, route, bodyHash }: NamedRequest,
    claim: string,
  ): Promise<{ subject: string | null } | undefined> {
    const [row] = await this.unitOfWork.manager.query<{ subject: string | null }[]>(
      `INSERT INTO idempotency_keys AS k
              (workspace_id, key, route, body_hash, state, claim, locked_until, expires_at)
       VALUES ($1, $2, $3, $4, 'running', $5,
               fanfare.now() + make_interval(secs => $6), fanfare.now() + make_interval(hours => $7))
       ON CONFLICT (workspace_id, key) DO UPDATE
          SET route = excluded.route, body_hash = excluded.body_hash, state = 'running', claim = excluded.claim,
              locked_until = excluded.locked_until, expires_at = excluded.expires_at, answer = NULL,
              subject = CASE WHEN k.expires_at <= fanfare.now() THEN NULL ELSE k.subject END,
              created_at = fanfare.now()
        WHERE k.expires_at <= fanfare.now()
           OR (k.state = 'running' AND k.locked_until <= fanfare.now()
               AND k.route = excluded.route AND k.body_hash = excluded.body_hash)
       RETURNING k.subject`,
      [this.unitOfWork.workspaceId, key, route, bodyHash, claim, lockSeconds, keptHours],
    );
    return row;
  }

  async find(key: string): Promise<KeyRow | undefined> {
    const [row] = await this.unitOfWork.manager.query<KeyRow[]>(
      `SELECT route, body_hash, state, answer, subject,
              greatest(1, ceil(extract(epoch FROM locked_until - fanfare.now())))::integer AS locked_for
         FROM idempotency_keys WHERE workspace_id = $1 AND key = $2`,
      [this.unitOfWork.workspaceId, key],
    );
    return row;
  }

  /** False when the claim is not current any more. */
  async remember(key: string, claim: string, subject: string): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE idempotency_keys SET subject = $4
        WHERE workspace_id = $1 AND key = $2 AND claim = $3 AND state = 'running' RETURNING key`,
      [this.unitOfWork.workspaceId, key, claim, subject],
    );
    return updatedRows(result).length === 1;
  }

  async finish(key: string, claim: string, answer: StoredAnswer): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE idempotency_keys SET state = 'done', answer = $4::json
        WHERE workspace_id = $1 AND key = $2 AND claim = $3 AND state = 'running'`,
      [this.unitOfWork.workspaceId, key, claim, JSON.stringify(answer)],
    );
  }

  /** Frees the key at once. What was made under it stays known, so that the next try does not make it again. */
  async free(key: string, claim: string): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.query(
      `DELETE FROM idempotency_keys
        WHERE workspace_id = $1 AND key = $2 AND claim = $3 AND state = 'running' AND subject IS NULL`,
      [workspaceId, key, claim],
    );
    await manager.query(
      `UPDATE idempotency_keys SET locked_until = fanfare.now()
        WHERE workspace_id = $1 AND key = $2 AND claim = $3 AND state = 'running'`,
      [workspaceId, key, claim],
    );
  }

  /** Some of what is over; called with every new key, so that the table does not grow for ever. */
  async purge(): Promise<void> {
    await this.unitOfWork.manager.query(
      `DELETE FROM idempotency_keys k USING (
         SELECT key FROM idempotency_keys WHERE workspace_id = $1 AND expires_at <= (SELECT fanfare.now())
          ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED) AS over
        WHERE k.workspace_id = $1 AND k.key = over.key`,
      [this.unitOfWork.workspaceId, purgeBatch],
    );
  }

  /** Some of what is over in all workspaces; answers how many. A key that is taken anew meanwhile stays. */
  purgeAll(): Promise<number> {
    return this.unitOfWork.sweep(async (manager) => {
      const result: unknown = await manager.query(
        `DELETE FROM idempotency_keys
          WHERE expires_at <= (SELECT fanfare.now()) AND (workspace_id, key) IN (
            SELECT workspace_id, key FROM idempotency_keys WHERE expires_at <= (SELECT fanfare.now())
             ORDER BY expires_at LIMIT $1)
         RETURNING key`,
        [sweepBatch],
      );
      return updatedRows(result).length;
    });
  }
}
