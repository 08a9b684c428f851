import path from 'node:path';
import pg from 'pg';
import { connectionUrls, readCredentials, type ConnectionUrls } from './credentials.js';
import { lockHolder, FolderLock, type LockHolder } from './folder-lock.js';
import { stopServerOf } from './orphan.js';
import { knownClusterDir } from './placement.js';
import { readLastPort } from './port.js';

export interface RunningEmbeddedPostgres extends ConnectionUrls {
  readonly holder: LockHolder;
}

/** The server that another process runs on this data folder; undefined when none does, or it does not answer yet. */
export async function findRunningEmbeddedPostgres(
  folder: string,
): Promise<RunningEmbeddedPostgres | undefined> {
  const dataDir = path.resolve(folder);
  const holder = await lockHolder(dataDir);
  const credentials = await readCredentials(dataDir);
  const port = await readLastPort(dataDir);
  if (holder === undefined || credentials === undefined || port === undefined) return undefined;
  const urls = connectionUrls(credentials, port);
  return (await answers(urls.appUrl)) ? { ...urls, holder } : undefined;
}

/** Stops the server that a killed process left behind on this data folder, without starting one. */
export async function stopOrphan(folder: string): Promise<'stopped' | 'none' | 'held'> {
  const dataDir = path.resolve(folder);
  if ((await lockHolder(dataDir)) !== undefined) return 'held';
  const lock = await FolderLock.acquire(dataDir);
  try {
    const stopped = await stopServerOf(await knownClusterDir(dataDir), () => undefined);
    return stopped ? 'stopped' : 'none';
  } finally {
    await lock.release();
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
