import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { importBuilt } from './build.mjs';

const PATIENCE_MS = 35_000; // a little longer than with-parent.mjs allows

const fileOf = (dataDir) => path.join(dataDir, 'processes.json');
const identities = () => importBuilt('src/common/database/embedded/running-process.js');

/**
 * Notes a child, so that the next start can find it should this process be killed.
 * @param {string} dataDir
 * @param {import('./child.mjs').Child[]} children all that run now
 */
export async function noteChildren(dataDir, children) {
  const { identityOf } = await identities();
  const describe = async (pid) => ({ pid, identity: await identityOf(pid) });
  const parent = await describe(process.pid);
  const noted = await Promise.all(
    children.map(async (child) => ({ name: child.name, ...(await describe(child.process.pid)) })),
  );
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(fileOf(dataDir), JSON.stringify({ parent, children: noted }));
}

/**
 * Waits for the children of a killed process, which stop by themselves: they still hold their ports, and finish what they
 * have begun while the old database is there.
 * @param {string} dataDir
 * @param {(line: string) => void} log
 */
export async function outliveOrphans(dataDir, log) {
  const { identityOf } = await identities();
  const lives = async ({ pid, identity }) => identity !== undefined && (await identityOf(pid)) === identity;
  const { parent, children } = read(dataDir);
  if (parent && (await lives(parent))) return; // not orphans: the folder's lock will say so
  for (const child of children) {
    if (!(await lives(child))) continue;
    log(`Waiting for the ${child.name} of an ended process (process ${child.pid})`);
    const limit = AbortSignal.timeout(PATIENCE_MS);
    while (await lives(child)) {
      if (limit.aborted) process.kill(child.pid, 'SIGKILL');
      await pause(50);
    }
  }
}

function read(dataDir) {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return { children: [] };
    throw error;
  }
}
