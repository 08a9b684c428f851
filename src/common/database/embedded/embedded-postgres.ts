import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { Binaries } from './binaries.js';
import { ensureCluster } from './cluster.js';
import {
  APP_LOGIN,
  connectionUrls,
  DATABASE,
  ensureCredentials,
  OWNER_LOGIN,
  type ConnectionUrls,
  type Credentials,
} from './credentials.js';
import { FolderLock } from './folder-lock.js';
import { freePort, readLastPort, writeLastPort } from './port.js';
import { stopServerOf } from './orphan.js';
import { place } from './placement.js';
import { ensureRoles } from './roles.js';
import { DEFAULT_SETTINGS } from './settings.js';
import { startFirst, type Supervisor } from './supervisor.js';

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** What happens to the server, for a person. */
  readonly log: (line: string) => void;
  /** What the server itself writes. Without it that is dropped; a start that fails tells the last lines. */
  readonly serverLog?: (line: string) => void;
  /** Wanted port; without one the last one used, or any that is free. A taken one is replaced. */
  readonly port?: number;
  /** Added to the defaults of settings.ts, and stronger. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly initdbFlags?: readonly string[];
  /** Where programs and data go when PostgreSQL's user cannot reach the clone. */
  readonly fallbackRoot?: string;
  readonly binaries?: Binaries;
}

export interface EmbeddedPostgres extends ConnectionUrls {
  readonly port: number;
  readonly clusterDir: string;
  /** Process id of the server; another one after it had to be started again. */
  pid(): number | undefined;
  /** Calls the listener if the server cannot be kept running any more. */
  onExit(listener: (error: Error) => void): void;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a data folder and keeps it running; takes over what an ended process has left there. Rejects with
 * FolderInUseError when another process has the folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const lock = await FolderLock.acquire(dataDir);
  let supervisor: Supervisor | undefined;
  try {
    const credentials = await ensureCredentials(dataDir);
    const placement = await prepareCluster({ ...options, dataDir }, credentials);
    const settings = { ...DEFAULT_SETTINGS, ...options.settings };
    const wanted = options.port ?? (await readLastPort(dataDir));
    const { log, serverLog = () => undefined } = options;
    supervisor = await startFirst({ placement, settings, log, serverLog }, (attempt) =>
      freePort(attempt === 0 ? wanted : undefined),
    );
    await writeLastPort(dataDir, supervisor.port);
    const urls = connectionUrls(credentials, supervisor.port);
    await ensureDatabase(urls, credentials);
    return serving({ urls, clusterDir: placement.clusterDir, supervisor, lock });
  } catch (error) {
    await supervisor?.stop();
    await lock.release();
    throw error;
  }
}

type Placed = Awaited<ReturnType<typeof place>>;

async function prepareCluster(options: EmbeddedPostgresOptions, credentials: Credentials): Promise<Placed> {
  const { dataDir, fallbackRoot = '/var/lib', binaries, log, initdbFlags = [] } = options;
  const placement = await place({ dataDir, fallbackRoot, ...(binaries && { binaries }) });
  await stopServerOf(placement.clusterDir, log);
  await ensureCluster({ placement, superuserPassword: credentials.superuserPassword, initdbFlags });
  return placement;
}

async function ensureDatabase(urls: ConnectionUrls, credentials: Credentials): Promise<void> {
  await ensureRoles(urls.superuserUrl, {
    app: { name: APP_LOGIN, password: credentials.appPassword },
    owner: { name: OWNER_LOGIN, password: credentials.ownerPassword },
  });
  const client = new pg.Client({ connectionString: urls.superuserUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER_LOGIN}`);
  } finally {
    await client.end();
  }
}

interface Serving {
  readonly urls: ConnectionUrls;
  readonly clusterDir: string;
  readonly supervisor: Supervisor;
  readonly lock: FolderLock;
}

function serving({ urls, clusterDir, supervisor, lock }: Serving): EmbeddedPostgres {
  return {
    ...urls,
    clusterDir,
    port: supervisor.port,
    pid: () => supervisor.pid,
    onExit: (listener) => {
      supervisor.onExit(listener);
    },
    stop: async () => {
      await supervisor.stop();
      await lock.release();
    },
  };
}
