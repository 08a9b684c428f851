import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { importBuilt } from '../lib/build.mjs';
import { migrate } from '../lib/database.mjs';

const RESTART_LIMIT_MS = 60_000;
const QUEUE_SCHEMA = 'bullmq';
/** What BullMQ knows about itself; everything else are jobs and what belongs to them. */
const QUEUE_KEEPS = ['migration', 'meta'];

/** The embedded PostgreSQL of a run, and everything that is done to it from outside. */
export class Database {
  #server;
  #closeLog;

  constructor(server, closeLog) {
    this.#server = server;
    this.#closeLog = closeLog;
    const url = new URL(server.superuserUrl);
    url.pathname = new URL(server.ownerUrl).pathname;
    this.url = url.href;
  }

  /**
   * @param {string} dataDir
   * @param {NodeJS.ProcessEnv} env
   * @returns {Promise<{ database: Database, env: NodeJS.ProcessEnv }>} env: with the addresses and fresh keys
   */
  static async start(dataDir, env) {
    const { startEmbeddedPostgres } = await importBuilt('src/common/database/embedded/index.js');
    const log = createWriteStream(path.join(dataDir, 'postgres.log'), { flags: 'a', mode: 0o600 });
    const note = (line) => log.write(`${line}\n`);
    const server = await startEmbeddedPostgres({
      dataDir,
      fallbackRoot: dataDir,
      log: note,
      serverLog: note,
    });
    const database = new Database(server, () => log.end());
    const own = {
      DATABASE_URL: server.appUrl,
      DATABASE_MIGRATION_URL: server.ownerUrl,
      FANFARE_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      FANFARE_SIGNING_KEY: randomBytes(32).toString('base64'),
    };
    try {
      await migrate({ ...env, ...own });
    } catch (error) {
      await database.stop();
      throw error;
    }
    return { database, env: { ...env, ...own } };
  }

  async stop() {
    await this.#server.stop();
    this.#closeLog();
  }

  /**
   * kill -9 of the server; its supervisor starts it again. Resolves when it serves again.
   * @returns {Promise<{ from: number, to: number }>} while it was away
   */
  async kill() {
    const killed = this.#server.pid();
    const from = Date.now();
    process.kill(killed, 'SIGKILL');
    const limit = AbortSignal.timeout(RESTART_LIMIT_MS);
    while (this.#server.pid() === killed || !(await this.#serves())) {
      if (limit.aborted) throw new Error('PostgreSQL was killed and did not come back.');
      await pause(50);
    }
    return { from, to: Date.now() };
  }

  /** Empties BullMQ's tables under the running engine. @returns {Promise<number>} jobs that were there */
  async wipeQueue() {
    return this.#connected(async (client) => {
      const { rows } = await client.query(
        `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables FROM pg_tables
          WHERE schemaname = $1 AND tablename <> ALL ($2)`,
        [QUEUE_SCHEMA, QUEUE_KEEPS],
      );
      const open = `SELECT count(*)::int AS jobs FROM ${QUEUE_SCHEMA}.job WHERE state IN ('waiting', 'active', 'delayed')`;
      const before = await client.query(open);
      await client.query(`TRUNCATE ${rows[0].tables}`);
      return before.rows[0].jobs;
    });
  }

  /** Moves the clock that all processes compare their times by. @param {number} milliseconds */
  async moveClock(milliseconds) {
    await this.#connected((client) =>
      client.query('UPDATE fanfare.clock_offset SET milliseconds = milliseconds + $1', [milliseconds]),
    );
  }

  /** Reads, and only reads. @returns {Promise<Record<string, any>[]>} */
  async read(sql, parameters = []) {
    return this.#connected(async (client) => {
      await client.query('SET default_transaction_read_only = on');
      return (await client.query(sql, parameters)).rows;
    });
  }

  /** Fills and empties tables behind the back of the engine. @param {string} sql */
  async write(sql) {
    await this.#connected((client) => client.query(sql));
  }

  /**
   * Keeps rows locked, as a slow transaction would, while something is done. Nothing is changed.
   * @param {string} sql SELECT … FOR UPDATE
   * @param {unknown[]} parameters
   * @param {() => Promise<void>} work
   */
  async holding(sql, parameters, work) {
    await this.#connected(async (client) => {
      await client.query('BEGIN');
      await client.query(sql, parameters);
      await work();
      await client.query('ROLLBACK');
    });
  }

  async #serves() {
    try {
      await this.#connected((client) => client.query('SELECT 1'));
      return true;
    } catch (error) {
      if (error instanceof Error) return false;
      throw error;
    }
  }

  async #connected(work) {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 60_000,
    });
    client.on('error', () => undefined); // told by the query that it breaks
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
