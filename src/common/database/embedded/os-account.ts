import { spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';

/** The user that PostgreSQL runs as, where that is another one than ours. */
export interface OsAccount {
  readonly uid: number;
  readonly gid: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * PostgreSQL refuses to run as root. An existing cluster keeps its owner; a new one gets the first account that there
 * is. Undefined for an ordinary user, who needs no other.
 */
export async function accountFor(clusterDir: string): Promise<OsAccount | undefined> {
  if (!isRoot()) return undefined;
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return lookUp('postgres') ?? lookUp('fanfare') ?? createAccount() ?? requireNobody();
}

/** Whether the account can enter the folder: its parents decide that, so it is tried rather than computed. */
export function canEnter(folder: string, account: OsAccount | undefined): boolean {
  if (account === undefined) return true;
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  });
  return tried.status === 0;
}

function lookUp(name: string): OsAccount | undefined {
  const ask = (flag: string): number => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : Number.NaN;
  };
  const uid = ask('-u');
  const gid = ask('-g');
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

function createAccount(): OsAccount | undefined {
  const flags = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  const made = spawnSync('useradd', [...flags, 'fanfare'], { stdio: 'ignore' });
  return made.status === 0 ? lookUp('fanfare') : undefined;
}

function requireNobody(): OsAccount {
  const nobody = lookUp('nobody');
  if (nobody === undefined) {
    throw new Error(
      'PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as.',
    );
  }
  return nobody;
}
