import { Injectable } from '@nestjs/common';
import { UnitOfWork, updatedRows } from '../../../common/database/index.js';
import type { Rate } from './rate.js';

/** A row that lets nothing through at the moment. */
export interface ShutBudget {
  readonly key: string;
  readonly opensAt: Date;
}

/** Rows of `budgets`, each statement atomic. Inside a unit of work, but of no workspace. */
@Injectable()
export class BudgetRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those of the keys that the platform itself has closed. */
  async closed(keys: readonly string[]): Promise<ShutBudget[]> {
    const rows = await this.unitOfWork.manager.query<{ key: string; opens_at: Date }[]>(
      `SELECT key, closed_until AS opens_at FROM budgets
        WHERE key = ANY($1) AND closed_until > (SELECT fanfare.now()) ORDER BY closed_until DESC`,
      [keys],
    );
    return rows.map((row) => ({ key: row.key, opensAt: row.opens_at }));
  }

  /**
   * Takes `calls` from each rate that has them, and answers the keys of those. The caller rolls back unless all had: then nothing
   * was taken. A thing that needs more than the burst goes when everything has come back.
   */
  async take(rates: readonly Rate[], calls: number): Promise<Set<string>> {
    if (rates.length === 0) return new Set();
    const rows = await this.unitOfWork.manager.query<{ key: string }[]>(
      `INSERT INTO budgets AS b (key, interval_ms, burst, used_until)
       SELECT a.key, a.interval_ms, a.burst, fanfare.now() + $4::integer * a.interval_ms * interval '1 millisecond'
         FROM unnest($1::text[], $2::double precision[], $3::integer[]) AS a(key, interval_ms, burst) ORDER BY a.key
       ON CONFLICT (key) DO UPDATE
          SET interval_ms = excluded.interval_ms, burst = excluded.burst,
              used_until = greatest(b.used_until, fanfare.now()) + $4::integer * excluded.interval_ms * interval '1 millisecond'
        WHERE b.closed_until <= fanfare.now()
          AND b.used_until - (greatest(excluded.burst, $4::integer) - $4::integer) * excluded.interval_ms * interval '1 millisecond'
              <= fanfare.now()
       RETURNING b.key`,
      [
        rates.map((rate) => rate.key),
        rates.map((rate) => rate.intervalMs),
        rates.map((rate) => rate.burst),
        calls,
      ],
    );
    return new Set(rows.map((row) => row.key));
  }

  /**
   * Gives one that has to wait its turn: when the budget opens, or behind those who wait already, one interval apart, but at most
   * a whole burst later, so that turns which nobody takes up delay nobody for long.
   */
  async nextTurn(key: string, calls: number): Promise<Date | null> {
    const result: unknown = await this.unitOfWork.manager.query(
      `WITH opening AS (
         SELECT key, greatest(fanfare.now(), closed_until,
                  used_until - (greatest(burst, $2::integer) - $2::integer) * interval_ms * interval '1 millisecond')
                  + interval '1 millisecond' AS at
           FROM budgets WHERE key = $1 FOR UPDATE)
       UPDATE budgets b
          SET turn_at = least(greatest(b.turn_at, o.at), o.at + b.burst * b.interval_ms * interval '1 millisecond')
                        + $2::integer * b.interval_ms * interval '1 millisecond'
         FROM opening o WHERE b.key = o.key
       RETURNING b.turn_at - $2::integer * b.interval_ms * interval '1 millisecond' AS at`,
      [key, calls],
    );
    return updatedRows<{ at: Date }>(result)[0]?.at ?? null;
  }

  /** When each of the rates lets so many calls through again; only those that do not now. */
  async shut(keys: readonly string[], calls: number): Promise<ShutBudget[]> {
    const rows = await this.unitOfWork.manager.query<{ key: string; opens_at: Date }[]>(
      `SELECT key, opens_at FROM (
         SELECT key, greatest(closed_until,
                  used_until - (greatest(burst, $2::integer) - $2::integer) * interval_ms * interval '1 millisecond') AS opens_at
           FROM budgets WHERE key = ANY($1)) AS b
        WHERE opens_at > (SELECT fanfare.now()) ORDER BY opens_at DESC`,
      [keys, calls],
    );
    return rows.map((row) => ({ key: row.key, opensAt: row.opens_at }));
  }

  /** Nothing of it goes before then; it is never opened earlier by this. */
  async close(row: { key: string; intervalMs: number; burst: number }, until: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO budgets AS b (key, interval_ms, burst, used_until, closed_until)
       VALUES ($1, $2, $3, fanfare.now(), $4)
       ON CONFLICT (key) DO UPDATE SET closed_until = greatest(b.closed_until, excluded.closed_until)`,
      [row.key, row.intervalMs, row.burst, until],
    );
  }

  /** So many calls are left, by the platform's word. `reopen`: it was asked just now, so an older word no longer counts. */
  async setRemaining(rate: Rate, remaining: number, reopen: boolean): Promise<void> {
    const usedMs = Math.max(0, rate.burst - remaining) * rate.intervalMs;
    await this.unitOfWork.manager.query(
      `INSERT INTO budgets AS b (key, interval_ms, burst, used_until)
       VALUES ($1, $2, $3, fanfare.now() + $4::double precision * interval '1 millisecond')
       ON CONFLICT (key) DO UPDATE
          SET used_until = excluded.used_until,
              closed_until = CASE WHEN $5 THEN '-infinity' ELSE b.closed_until END`,
      [rate.key, rate.intervalMs, rate.burst, usedMs, reopen],
    );
  }

  /** True for one asker in each period: he is to read the quota. */
  async mayRead(rate: Rate, everyMs: number): Promise<boolean> {
    const rows = await this.unitOfWork.manager.query<{ key: string }[]>(
      `INSERT INTO budgets AS b (key, interval_ms, burst, used_until, read_at)
       VALUES ($1, $2, $3, fanfare.now(), fanfare.now())
       ON CONFLICT (key) DO UPDATE SET read_at = fanfare.now()
        WHERE b.read_at <= fanfare.now() - $4::double precision * interval '1 millisecond'
       RETURNING b.key`,
      [rate.key, rate.intervalMs, rate.burst, everyMs],
    );
    return rows.length === 1;
  }
}
