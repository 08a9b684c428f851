import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyBinaries, installedBinaries, repairBinaries, type Binaries } from './binaries.js';
import { ifMissing } from './fs-errors.js';
import { accountFor, canEnter, type OsAccount } from './os-account.js';

/** Where the programs and the cluster lie, and who runs them. */
export interface Placement {
  readonly binaries: Binaries;
  readonly clusterDir: string;
  readonly account: OsAccount | undefined;
}

export interface PlacementOptions {
  readonly dataDir: string;
  /** Where a cluster goes that cannot lie in the data folder. */
  readonly fallbackRoot: string;
  readonly binaries?: Binaries;
}

/**
 * Everything lies in the data folder, unless we are root and PostgreSQL's user cannot get there (a clone in root's home):
 * then programs and data go below /var/lib, and `postgres-location.txt` in the data folder says where.
 */
export async function place(options: PlacementOptions): Promise<Placement> {
  const installed = options.binaries ?? (await installedBinaries());
  await repairBinaries(installed);
  const clusterDir = await locateCluster(options, installed);
  const account = await accountFor(clusterDir);
  const binaries = canExecute(installed, account)
    ? installed
    : await copyBinaries(installed, path.join(await fallbackHome(options, installed), folderName(installed)));
  if (!canExecute(binaries, account)) throw new Error(explain(binaries));
  return { binaries, clusterDir, account };
}

/** The cluster's folder as an earlier start has chosen it; used to find a running server. */
export async function knownClusterDir(dataDir: string): Promise<string> {
  const noted = await readFile(noteFile(dataDir), 'utf8').catch(ifMissing(''));
  const line = noted.split('\n').find((text) => text.startsWith('/'));
  return line ?? path.join(dataDir, 'postgres');
}

async function locateCluster(options: PlacementOptions, installed: Binaries): Promise<string> {
  const known = await knownClusterDir(options.dataDir);
  if (known !== path.join(options.dataDir, 'postgres')) return known;
  if (canEnter(options.dataDir, await accountFor(known))) return known;
  const home = await fallbackHome(options, installed);
  const elsewhere = path.join(home, `data-${shortHash(options.dataDir)}`);
  const why = '# PostgreSQL does not run as root and its user cannot enter this folder. Its data lies here:';
  await writeFile(noteFile(options.dataDir), `${why}\n${elsewhere}\n`);
  return elsewhere;
}

async function fallbackHome({ fallbackRoot }: PlacementOptions, installed: Binaries): Promise<string> {
  const clone = installed.home.split(`${path.sep}node_modules${path.sep}`, 1)[0] ?? installed.home;
  const home = path.join(fallbackRoot, `fanfare-${shortHash(clone)}`);
  await mkdir(home, { recursive: true });
  await chmod(home, 0o755);
  return home;
}

function canExecute({ home }: Binaries, account: OsAccount | undefined): boolean {
  const program = path.join(home, 'bin', 'postgres');
  const options = { ...account, cwd: '/', stdio: 'ignore' } as const;
  return spawnSync(program, ['--version'], options).status === 0;
}

function explain({ home }: Binaries): string {
  const tried = spawnSync(path.join(home, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  const reason = tried.error?.message ?? (tried.stderr.trim() || 'the user that runs it has no access to it');
  return `PostgreSQL in ${home} cannot be executed: ${reason}. Set DATABASE_URL to use a PostgreSQL of your own.`;
}

const folderName = ({ version }: Binaries): string => `postgres-${version}`;
const noteFile = (dataDir: string): string => path.join(dataDir, 'postgres-location.txt');
const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
