import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { SUPERUSER } from './credentials.js';
import { ifMissing } from './fs-errors.js';
import { textField } from './json-field.js';
import type { Placement } from './placement.js';
import { serverEnvironment } from './server-process.js';

const run = promisify(execFile);

// The collation comes with PostgreSQL, so that an update of the system cannot spoil an index.
const FLAGS = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  `--username=${SUPERUSER}`,
];

export interface ClusterOptions {
  readonly placement: Placement;
  readonly superuserPassword: string;
  readonly initdbFlags: readonly string[];
}

/**
 * Makes the cluster if there is none. It is built aside and moved into its place when whole, so a process killed on the
 * way leaves nothing that looks like one.
 */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const { placement } = options;
  const { clusterDir, account } = placement;
  await removeUnfinished(clusterDir);
  const version = await stat(path.join(clusterDir, 'PG_VERSION')).catch(ifMissing(undefined));
  if (version !== undefined) return;
  await mkdir(path.dirname(clusterDir), { recursive: true });
  const aside = await mkdtemp(unfinishedPrefix(clusterDir));
  try {
    const passwordFile = path.join(aside, 'password');
    await writeFile(passwordFile, `${options.superuserPassword}\n`, { mode: 0o600 });
    if (account !== undefined) {
      for (const file of [aside, passwordFile]) await chown(file, account.uid, account.gid);
    }
    await initdb(options, path.join(aside, 'cluster'), passwordFile);
    await rename(path.join(aside, 'cluster'), clusterDir);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function initdb(options: ClusterOptions, target: string, passwordFile: string): Promise<void> {
  const { binaries, account } = options.placement;
  const flags = [`--pgdata=${target}`, `--pwfile=${passwordFile}`, ...FLAGS, ...options.initdbFlags];
  try {
    await run(path.join(binaries.home, 'bin', 'initdb'), flags, {
      ...account,
      cwd: '/',
      env: serverEnvironment,
    });
  } catch (error) {
    throw new Error(`initdb failed: ${textField(error, 'stderr')?.trim() ?? String(error)}`, {
      cause: error,
    });
  }
}

const unfinishedPrefix = (clusterDir: string): string => `${clusterDir}.init-`;

async function removeUnfinished(clusterDir: string): Promise<void> {
  const prefix = path.basename(unfinishedPrefix(clusterDir));
  const parent = path.dirname(clusterDir);
  for (const name of await readdir(parent).catch(ifMissing<string[]>([]))) {
    if (name.startsWith(prefix)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
}
