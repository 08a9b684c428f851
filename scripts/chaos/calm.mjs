import { setTimeout as pause } from 'node:timers/promises';

/**
 * One step of the clock. Engines look at the clock every 5 seconds and hold commits when it has jumped by more than a minute:
 * between two of their looks there are at most two steps.
 */
const STEP_MS = 27_000;
const STEP_EVERY_MS = 2_700;
/**
 * Where everybody waits for longer than this, the clock jumps to a little before the first of them. The engines then hold commits
 * until they have looked twice, which is sooner over than many steps.
 */
const LONG_WAIT_MS = 2 * 60_000;
const BEFORE_ITS_TIME_MS = 30_000;
const AFTER_A_JUMP_MS = 11_000;
const LOOK_EVERY_MS = 300;

/** A visible call is sent within five seconds of its being recorded, or not at all. One that is open for longer was heard, or never will be. */
const HEARD_AFTER_MS = 10_000;

/** Who has a lease, and the call that he waits for. */
const AT_WORK = `
  SELECT (SELECT c.id FROM calls c
           WHERE c.workspace_id = p.workspace_id AND c.publication_id = p.id AND c.lease_token = p.lease_token AND c.outcome IS NULL
           ORDER BY c.started_at DESC LIMIT 1) AS call
    FROM publications p WHERE p.lease_until > fanfare.now()`;

const OPEN = `
  SELECT (SELECT count(*) FROM publications WHERE settled_at IS NULL)::int AS publications,
         (SELECT count(*) FROM plans WHERE settled_at IS NULL)::int AS plans,
         (SELECT count(*) FROM outbox WHERE seq IS NULL)::int AS events,
         (SELECT count(*) FROM deliveries WHERE state = 'pending')::int AS deliveries,
         $1::int - (SELECT count(DISTINCT post_id) FROM plans)::int AS unplanned`;

const LONGEST_LEASE = `
  SELECT coalesce(ceil(extract(epoch FROM max(lease_until) - fanfare.now()) * 1000), 0)::int AS milliseconds FROM publications`;

const FIRST_WAKE = `
  SELECT coalesce(floor(extract(epoch FROM min(wake_at) - fanfare.now()) * 1000), 0)::float8 AS milliseconds
    FROM publications WHERE settled_at IS NULL`;

const UNSETTLED = `
  SELECT (SELECT count(*) FROM publications WHERE settled_at IS NULL)::int AS open,
         (SELECT count(*) FROM looks WHERE verdict = 'failed')::int AS looks`;

/** Publications that nobody has begun with. */
const UNTRIED = `SELECT $1 - count(*)::int AS count FROM publications WHERE attempt_count > 0 OR settled_at IS NOT NULL`;

/**
 * @param {import('./database.mjs').Database} database
 * @param {number} publications
 * @returns {Promise<number>}
 */
export async function countUntried(database, publications) {
  const [{ count }] = await database.read(UNTRIED, [publications]);
  return count;
}

/** After the storm: waits, and makes it short by moving the clock of the database, and that of the platforms with it. */
export class Calm {
  movedMs = 0;
  since = Date.now();
  /** Calls that somebody waited for at the last look, and since when. @type {Map<string, number>} */
  #waitedFor = new Map();

  /**
   * @param {{ database: import('./database.mjs').Database, sandbox: import('../demo/http.mjs').HttpApi, signal: AbortSignal }} options
   */
  constructor({ database, sandbox, signal }) {
    Object.assign(this, { database, sandbox, signal });
  }

  /**
   * While nobody is alive who has a lease: what is on its way to a platform arrives, then the clock passes the leases, as it
   * would by itself.
   */
  async passLeases() {
    while (await this.#isAnythingOnItsWay()) await pause(LOOK_EVERY_MS, undefined, { signal: this.signal });
    const [{ milliseconds }] = await this.database.read(LONGEST_LEASE);
    await this.#moveClocks(Math.max(0, milliseconds) + 1_000);
  }

  /**
   * Until everything has been tried once, and everything that has to go wrong has gone wrong. Answers what is left when the time is
   * over; empty: nothing.
   * @param {number} publications
   * @param {import('./faults.mjs').Faults} faults
   */
  untilTried(publications, faults) {
    return this.#until(async () => {
      const count = await countUntried(this.database, publications);
      if (count > 0) return `${count} publications that nobody has tried`;
      const [{ open, looks }] = await this.database.read(UNSETTLED);
      if (open === 0) return '';
      const missing = await faults.countMissing();
      if (missing > 0) return `${missing} faults that have not come`;
      return looks === 0 ? 'a look that fails' : '';
    });
  }

  /** Until nothing is left to be done. Answers what is left when the time is over; empty: nothing. @param {number} posts */
  untilAtRest(posts) {
    return this.#until(async () => {
      const [open] = await this.database.read(OPEN, [posts]);
      const left = Object.entries(open).filter(([, count]) => count !== 0);
      return left.map(([name, count]) => `${count} ${name}`).join(', ');
    });
  }

  async #until(open) {
    let moveAt = -Infinity;
    for (;;) {
      const left = await open();
      if (left === '' || this.signal.aborted) return left;
      if (!(await this.#isAnybodyAtWork()) && performance.now() > moveAt) {
        const [{ milliseconds }] = await this.database.read(FIRST_WAKE);
        const jumps = milliseconds > LONG_WAIT_MS;
        await this.#moveClocks(jumps ? milliseconds - BEFORE_ITS_TIME_MS : STEP_MS);
        moveAt = performance.now() + (jumps ? AFTER_A_JUMP_MS : STEP_EVERY_MS);
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  /**
   * Whoever has a lease is at work, and the clock stands for what he is allowed: it is moved only while there is nobody, except
   * for those who wait in vain for a call that hangs. Of their calls nothing comes any more, and by themselves they would wait a
   * minute or two.
   */
  async #isAnybodyAtWork() {
    const now = performance.now();
    const holders = await this.database.read(AT_WORK);
    const open = holders.flatMap(({ call }) => call ?? []);
    this.#waitedFor = new Map(open.map((call) => [call, this.#waitedFor.get(call) ?? now]));
    const isHeard = ({ call }) => call !== null && now - this.#waitedFor.get(call) > HEARD_AFTER_MS;
    if (!holders.every(isHeard)) return true;
    return holders.length > 0 && (await this.#isAnythingOnItsWay());
  }

  /** A call that hangs does so for good; one that is slow still acts. */
  async #isAnythingOnItsWay() {
    const { calls } = await this.sandbox.get('/_sandbox/calls');
    return calls.some(({ state, fault }) => state === 'open' && fault?.startsWith('hang') !== true);
  }

  async #moveClocks(milliseconds) {
    await this.database.moveClock(milliseconds);
    await this.sandbox.post('/_sandbox/clock', { advanceMs: milliseconds });
    this.movedMs += milliseconds;
  }
}
