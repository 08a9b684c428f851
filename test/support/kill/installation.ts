import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrations } from '../../../migrations/index.js';
import { migrateDatabase } from '../../../src/common/database/index.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { createTestDatabase, type TestDatabase } from '../database.js';
import { eventually } from '../eventually.js';
import { freePort } from '../free-port.js';
import type { Row } from '../query.js';
import { ApiClient } from './api-client.js';
import { EngineProcess } from './engine-process.js';

type Json = Record<string, unknown>;

export const simulated = ['bluesky', 'mastodon', 'telegram', 'email'] as const;
export type Simulated = (typeof simulated)[number];

/** A database, the simulated platforms, and the processes that a test starts on them. */
export class Installation {
  private key: string | null = null;

  private constructor(
    readonly sandbox: Sandbox,
    readonly database: TestDatabase,
    readonly env: Record<string, string>,
    private readonly dataDir: string,
  ) {}

  static async start(extra: Readonly<Record<string, string>> = {}): Promise<Installation> {
    const sandbox = await startSandbox({ port: 0 });
    const database = await createTestDatabase();
    const dataDir = await mkdtemp(path.join(tmpdir(), 'fanfare-kill-'));
    const env = {
      ...sandbox.control.env(),
      DATABASE_URL: database.appUrl,
      DATABASE_MIGRATION_URL: database.ownerUrl,
      FANFARE_DATA_DIR: dataDir,
      FANFARE_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      FANFARE_SIGNING_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'info',
      ...extra,
    };
    return new Installation(sandbox, database, env, dataDir);
  }

  async close(): Promise<void> {
    await EngineProcess.endAll();
    await this.sandbox.close();
    await this.database.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** A process of its own, ready to serve. */
  async process(extra: Readonly<Record<string, string>> = {}): Promise<EngineProcess> {
    const started = new EngineProcess({ ...this.env, ...extra }, await freePort());
    await started.ready();
    return started;
  }

  /** The API of a process; the first API key lies in a file that only its owner may read. */
  async api(process: EngineProcess): Promise<ApiClient> {
    this.key ??= (await readFile(path.join(this.dataDir, 'first-api-key'), 'utf8')).trim();
    return new ApiClient(process.url, this.key);
  }

  get control(): Sandbox['control'] {
    return this.sandbox.control;
  }

  /** Moves the clock that all processes compare their times by. */
  async advance(ms: number): Promise<void> {
    await this.rows('UPDATE fanfare.clock_offset SET milliseconds = milliseconds + $1', [ms]);
  }

  rows(statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.database.rows(statement, parameters);
  }

  /** The visible calls of a platform, whatever became of them. */
  visibleCalls(platform: Simulated): number {
    return this.control.calls(platform).filter(({ visible }) => visible).length;
  }

  /** Holds the next visible call of a platform. */
  hold(platform: Simulated, position: 'before' | 'after', nth = 1): string {
    const visible = platform === 'email' ? { operation: 'smtp.data' } : { visible: true };
    return this.control.addBarrier({ platform, ...visible, nth, position, count: 1 }).id;
  }

  async isHeld(barrier: string): Promise<void> {
    await eventually(async () => (await this.control.waitForBarrier(barrier, 250))?.state === 'held', {
      withinMs: 90_000,
    });
  }

  /**
   * Stops every visible call at its fence: the transaction that records it waits at its very end, after everything was said to
   * the database, until it is released.
   */
  async holdFence(
    key: number,
    calls: number,
  ): Promise<{ reached(): Promise<void>; release(): Promise<void> }> {
    await this.rows(`
      CREATE FUNCTION hold_fence() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(${key});
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER hold_fence AFTER INSERT ON calls DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION hold_fence()`);
    const holder = new pg.Client({ connectionString: this.database.adminUrl });
    await holder.connect();
    await holder.query('SELECT pg_advisory_lock($1)', [key]);
    const waiting = `SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted`;
    return {
      reached: async () => {
        await eventually(async () => (await this.rows(waiting, [key]))[0]?.['count'] === calls, {
          withinMs: 60_000,
        });
      },
      release: () => holder.end(),
    };
  }

  /** Everything that the queue keeps in the database, its tables and functions included, is made anew. */
  async loseQueue(): Promise<void> {
    await this.rows('DROP SCHEMA bullmq CASCADE');
    const { ownerUrl, appUrl } = this.database;
    await migrateDatabase({ ownerUrl, appLogin: new URL(appUrl).username, migrations });
  }

  /** The post when nothing of it is open any more. */
  settled(api: ApiClient, postId: string): Promise<Json> {
    return eventually(
      async () => {
        const view = await api.call('GET', `/posts/${postId}`);
        return ['processing', 'scheduled', 'held'].includes(String(view['status'])) ? undefined : view;
      },
      { withinMs: 150_000, everyMs: 250 },
    );
  }
}

/** Each target's platform and status. */
export function statusesOf(post: Json): Record<string, string> {
  const targets = post['targets'] as { platform: string; publication: { status: string } }[];
  return Object.fromEntries(targets.map(({ platform, publication }) => [platform, publication.status]));
}
