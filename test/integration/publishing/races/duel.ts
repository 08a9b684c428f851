import pg from 'pg';
import { WakeSweep } from '../../../../src/modules/publishing/wake.sweep.js';
import { query } from '../../../support/query.js';
import { eventually } from '../../../support/eventually.js';
import type { Engine } from '../../../support/engine/engine.js';

/** What one of the two does; true: it took effect. */
export type Act = () => Promise<boolean>;
export type Ending = 'commits' | 'rolls back';

class RolledBack extends Error {}

/** A transaction that has done its work and stands before its COMMIT. */
export interface Standing {
  readonly took: boolean;
  end(how: Ending): Promise<void>;
}

/** Does the work on a connection of its own and stops before the COMMIT; `look` sees the rows as this transaction does. */
export async function standBeforeCommit(
  engine: Engine,
  act: Act,
  look: () => Promise<void>,
): Promise<Standing> {
  const [done, decided] = [deferred<boolean>(), deferred<Ending>()];
  const transaction = engine.unitOfWork
    .run(engine.workspaceId, async () => {
      const took = await act();
      await look();
      done.resolve(took);
      if ((await decided.promise) === 'rolls back') throw new RolledBack();
    })
    .catch((error: unknown) => {
      done.reject(error);
      if (!(error instanceof RolledBack)) throw error;
    });
  // A failure of the work is told by the first promise.
  transaction.catch(() => undefined);
  const took = await done.promise;
  return {
    took,
    end: (how) => {
      decided.resolve(how);
      return transaction;
    },
  };
}

const sweepLock = 4_712;

/** From now on a sweep that takes something stops before its COMMIT while somebody holds the lock. */
export async function letSweepsStand(engine: Engine): Promise<void> {
  await engine.rows(`
    CREATE FUNCTION stand_before_commit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(${sweepLock});
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER stand_before_commit AFTER UPDATE OF swept_at ON publications
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.swept_at IS NOT NULL) EXECUTE FUNCTION stand_before_commit()`);
}

/** The engine's own sweep, which takes no part in other transactions; it rolls back because its connection is cut. */
export async function standingSweep(engine: Engine): Promise<Standing> {
  const holder = new pg.Client({ connectionString: engine.database.adminUrl });
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [sweepLock]);
  const sweep = engine.app.get(WakeSweep).sweepOnce();
  sweep.catch(() => undefined);
  const [stands] = await eventually(async () => {
    const rows = await engine.rows(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted`,
      [sweepLock],
    );
    return rows.length > 0 ? rows : undefined;
  });
  return {
    took: true,
    end: async (how) => {
      if (how === 'rolls back') {
        await engine.rows('SELECT pg_terminate_backend($1)', [stands?.['pid']]);
        await expect(sweep).rejects.toThrow();
      }
      await holder.end();
      if (how === 'commits') await sweep;
    },
  };
}

/** What the other one comes to while the first stands before its COMMIT: an answer, or that it waits for the first. */
export async function whileStanding(engine: Engine, second: Promise<boolean>): Promise<boolean | 'waits'> {
  const before = { answer: undefined as boolean | undefined };
  second.then(
    (answer) => (before.answer = answer),
    () => undefined,
  );
  const { came } = await eventually(async () => {
    if (before.answer !== undefined) return { came: before.answer };
    return (await blocked(engine)) ? { came: 'waits' as const } : undefined;
  });
  return came;
}

/** Whether a connection waits for a lock on rows that another one holds. */
async function blocked(engine: Engine): Promise<boolean> {
  const rows = await query(
    engine.database.adminUrl,
    `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event <> 'advisory'
        AND cardinality(pg_blocking_pids(pid)) > 0`,
  );
  return rows.length > 0;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let settle: Pick<Deferred<T>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  if (settle === undefined) throw new Error('a promise runs its executor at once');
  return { promise, ...settle };
}
