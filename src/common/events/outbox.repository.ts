import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../database/index.js';
import type { DeliveredEvent } from './domain-event.js';
import type { DeclaredListener } from './listener.decorator.js';

export interface ClaimedDelivery {
  readonly event: DeliveredEvent;
  readonly listener: string;
  readonly attempts: number;
  readonly correlationId: string | null;
}

interface DeliveryRow {
  workspace_id: string;
  event_id: string;
  listener: string;
  seq: string;
  attempts: number;
  type: string;
  version: number;
  data: object;
  occurred_at: Date;
  correlation_id: string | null;
}

/** Holds the relay of the whole installation for the length of a transaction. */
const relayLock = 7_140_001;
/** Held while deliveries are leased, so that two processes do not lease neighbours of one listener side by side. */
const claimLock = 7_140_002;
/**
 * After a process died, its deliveries are free again. A listener may take longer: its delivery stays locked by its transaction.
 */
const leaseSeconds = 30;

@Injectable()
export class OutboxRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Gives up to `limit` visible events the next numbers of their workspaces and makes one delivery per listener.
   * Answers how many were numbered; 0 also when another process holds the relay.
   */
  number(listeners: readonly DeclaredListener[], limit: number): Promise<number> {
    return this.unitOfWork.sweep(async (manager) => {
      const [lock] = await manager.query<{ taken: boolean }[]>(
        `SELECT pg_try_advisory_xact_lock($1) AS taken`,
        [relayLock],
      );
      if (lock?.taken !== true) return 0;
      const numbered = await manager.query<{ count: string }[]>(
        `WITH fresh AS (
           SELECT workspace_id, id, position,
                  row_number() OVER (PARTITION BY workspace_id ORDER BY position) AS offset_in_workspace
             FROM (SELECT workspace_id, id, position FROM outbox WHERE seq IS NULL ORDER BY position LIMIT $1) AS batch
         ), counters AS (
           INSERT INTO event_counters AS c (workspace_id, last_seq)
           SELECT workspace_id, count(*) FROM fresh GROUP BY workspace_id
           ON CONFLICT (workspace_id) DO UPDATE SET last_seq = c.last_seq + excluded.last_seq
           RETURNING workspace_id, last_seq
         ), numbers AS (
           SELECT f.workspace_id, f.id,
                  c.last_seq - max(f.offset_in_workspace) OVER (PARTITION BY f.workspace_id) + f.offset_in_workspace AS seq
             FROM fresh f JOIN counters c USING (workspace_id)
         ), stamped AS (
           UPDATE outbox o SET seq = n.seq FROM numbers n
            WHERE o.workspace_id = n.workspace_id AND o.id = n.id
           RETURNING o.workspace_id, o.id, o.seq, o.type
         ), delivered AS (
           INSERT INTO deliveries (workspace_id, event_id, listener, seq, next_attempt_at)
           SELECT s.workspace_id, s.id, l.name, s.seq, (SELECT fanfare.now())
             FROM stamped s JOIN jsonb_to_recordset($2::jsonb) AS l(name text, type text) ON l.type = s.type
           RETURNING 1
         )
         SELECT count(*) FROM stamped`,
        [limit, JSON.stringify(listeners)],
      );
      return Number(numbered[0]?.count ?? 0);
    });
  }

  /**
   * Leases pending deliveries of the named listeners, oldest first. While one process has deliveries of a listener and
   * workspace under way, the later ones wait for it, so that a listener starts in order over all processes.
   */
  claim(listeners: readonly string[], limit: number): Promise<ClaimedDelivery[]> {
    return this.unitOfWork.sweep(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock($1)`, [claimLock]);
      const result: unknown = await manager.query(
        `WITH busy AS MATERIALIZED (
           SELECT workspace_id, listener, min(seq) AS seq FROM deliveries
            WHERE state = 'pending' AND lease_until >= (SELECT fanfare.now()) GROUP BY workspace_id, listener
         ), due AS MATERIALIZED (
           SELECT workspace_id, event_id, listener FROM deliveries p
            WHERE state = 'pending' AND listener = ANY($1) AND next_attempt_at <= (SELECT fanfare.now())
              AND (lease_until IS NULL OR lease_until < (SELECT fanfare.now()))
              AND NOT EXISTS (SELECT FROM busy b WHERE b.workspace_id = p.workspace_id AND b.listener = p.listener
                                 AND b.seq < p.seq)
            ORDER BY next_attempt_at, seq LIMIT $2 FOR UPDATE OF p SKIP LOCKED
         )
         UPDATE deliveries d
            SET lease_until = (SELECT fanfare.now()) + make_interval(secs => $3), attempts = d.attempts + 1
           FROM due JOIN outbox o ON o.workspace_id = due.workspace_id AND o.id = due.event_id
          WHERE d.workspace_id = due.workspace_id AND d.event_id = due.event_id AND d.listener = due.listener
         RETURNING d.workspace_id, d.event_id, d.listener, d.seq, d.attempts, o.type, o.version, o.data, o.occurred_at,
                   o.correlation_id`,
        [listeners, limit, leaseSeconds],
      );
      return updatedRows<DeliveryRow>(result)
        .map(toClaimed)
        .sort((a, b) =>
          a.event.workspaceId < b.event.workspaceId
            ? -1
            : a.event.workspaceId > b.event.workspaceId
              ? 1
              : a.event.seq - b.event.seq,
        );
    });
  }

  /** Gives deliveries back that were leased and not begun. */
  async giveBack(deliveries: readonly ClaimedDelivery[]): Promise<void> {
    const rows = deliveries.map(({ event, listener, attempts }) => {
      return { workspace_id: event.workspaceId, event_id: event.id, listener, attempts };
    });
    await this.unitOfWork.sweep((manager) =>
      manager.query(
        `UPDATE deliveries d SET lease_until = NULL, attempts = d.attempts - 1
           FROM jsonb_to_recordset($1::jsonb) AS r(workspace_id uuid, event_id uuid, listener text, attempts integer)
          WHERE d.workspace_id = r.workspace_id AND d.event_id = r.event_id AND d.listener = r.listener
            AND d.attempts = r.attempts AND d.state = 'pending'`,
        [JSON.stringify(rows)],
      ),
    );
  }

  /**
   * First in the listener's own transaction, which thereby holds the delivery until its end. False when another process has
   * claimed it since.
   */
  async markDelivered({ event, listener, attempts }: ClaimedDelivery): Promise<boolean> {
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE deliveries SET state = 'delivered', lease_until = NULL, last_error = NULL
        WHERE workspace_id = $1 AND event_id = $2 AND listener = $3 AND attempts = $4 AND state = 'pending'
       RETURNING seq`,
      [this.unitOfWork.workspaceId, event.id, listener, attempts],
    );
    return updatedRows(result).length > 0;
  }

  /** Of the claim that failed only. Without a delay it is dead. */
  async markFailed(claimed: ClaimedDelivery, error: string, delaySeconds: number | null): Promise<boolean> {
    const { event, listener, attempts } = claimed;
    const result: unknown = await this.unitOfWork.manager.query(
      `UPDATE deliveries
          SET state = CASE WHEN $5::double precision IS NULL THEN 'dead' ELSE 'pending' END,
              lease_until = NULL, last_error = $4,
              next_attempt_at = fanfare.now() + make_interval(secs => coalesce($5::double precision, 0))
        WHERE workspace_id = $1 AND event_id = $2 AND listener = $3 AND attempts = $6 AND state = 'pending'
       RETURNING seq`,
      [this.unitOfWork.workspaceId, event.id, listener, error, delaySeconds, attempts],
    );
    return updatedRows(result).length > 0;
  }

  countUndelivered(): Promise<number> {
    return this.unitOfWork.sweep(async (manager) => {
      const [row] = await manager.query<{ count: number }[]>(
        `SELECT ((SELECT count(*) FROM outbox WHERE seq IS NULL)
               + (SELECT count(*) FROM deliveries WHERE state = 'pending'))::int AS count`,
      );
      return row?.count ?? 0;
    });
  }
}

function toClaimed(row: DeliveryRow): ClaimedDelivery {
  return {
    listener: row.listener,
    attempts: row.attempts,
    correlationId: row.correlation_id,
    event: {
      id: row.event_id,
      seq: Number(row.seq),
      workspaceId: row.workspace_id,
      type: row.type,
      version: row.version,
      data: row.data,
      occurredAt: row.occurred_at,
    },
  };
}
