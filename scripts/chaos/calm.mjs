import { setTimeout as pause } from 'node:timers/promises';

/**
 * One step of the clock. Engines look at the clock every 5 seconds and hold commits when it has jumped by more than a minute:
 * between two of their looks there are at most two steps.
 */
const STEP_MS = 27_000;
const STEP_EVERY_MS = 2_700;

const OPEN = `
  SELECT (SELECT count(*) FROM publications WHERE settled_at IS NULL)::int AS publications,
         (SELECT count(*) FROM plans WHERE settled_at IS NULL)::int AS plans,
         (SELECT count(*) FROM outbox WHERE seq IS NULL)::int AS events,
         (SELECT count(*) FROM deliveries WHERE state = 'pending')::int AS deliveries,
         $1::int - (SELECT count(DISTINCT post_id) FROM plans)::int AS unplanned`;

/**
 * After the storm: waits until nothing is left to be done, and shortens the waiting by moving the clock of the database, and
 * that of the platforms with it.
 * @param {{ database: import('./database.mjs').Database, sandbox: import('../demo/http.mjs').HttpApi, posts: number,
 *   signal: AbortSignal }} options
 * @returns {Promise<{ movedMs: number }>}
 */
export async function untilAtRest({ database, sandbox, posts, signal }) {
  let movedMs = 0;
  for (;;) {
    const [open] = await database.read(OPEN, [posts]);
    if (Object.values(open).every((count) => count === 0)) return { movedMs };
    if (signal.aborted) throw new Error(`Not at rest in time. Still open: ${describe(open)}`);
    await database.moveClock(STEP_MS);
    await sandbox.post('/_sandbox/clock', { advanceMs: STEP_MS });
    movedMs += STEP_MS;
    await pause(STEP_EVERY_MS);
  }
}

const describe = (open) =>
  Object.entries(open)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
