import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hasCode, ifMissing } from './fs-errors.js';
import { commandOf, identityOf } from './running-process.js';

/**
 * Stops the server that a killed process has left on this cluster. The caller holds the folder's lock, so nobody else serves
 * from it. True when there was one.
 */
export async function stopServerOf(clusterDir: string, log: (line: string) => void): Promise<boolean> {
  const pid = await postmasterPid(clusterDir);
  const identity = pid === undefined ? undefined : await identityOf(pid);
  if (pid === undefined || identity === undefined) return false;
  const command = await commandOf(pid);
  // After a restart of the machine the number may belong to anybody.
  if (command?.includes(clusterDir) !== true) return false;

  log(`Stopping PostgreSQL (process ${pid}), which an ended process left behind`);
  for (const [signal, patienceMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    send(pid, signal);
    if (await endsWithin(pid, identity, patienceMs)) return true;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop; it serves from ${clusterDir}`);
}

async function postmasterPid(clusterDir: string): Promise<number | undefined> {
  const text = await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8').catch(ifMissing(''));
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : undefined;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

async function endsWithin(pid: number, identity: string, patienceMs: number): Promise<boolean> {
  const late = AbortSignal.timeout(patienceMs);
  while (!late.aborted) {
    if ((await identityOf(pid)) !== identity) return true;
    await pause(20);
  }
  return false;
}
