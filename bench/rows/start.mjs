import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { demoEnvironment } from '../../scripts/demo/environment.mjs';
import { ROOT } from '../../scripts/lib/run.mjs';
import { cpuSecondsOf, megabytesOf, processTree } from '../lib/process-tree.mjs';
import { median, meets, rounded } from '../lib/statistics.mjs';

const STARTS = 3;
const LOOK_EVERY_MS = 20;
const bars = { seconds: { atMost: 5 }, megabytes: { atMost: 280 }, cpuPercent: { atMost: 2 } };

/**
 * `npm start` with nothing configured, the second time and later; then what it takes while nothing happens.
 * @param {import('../../scripts/demo/folder.mjs').DemoFolder} folder
 * @param {{ idleMinutes: number, signal: AbortSignal }} options
 */
export async function start(folder, { idleMinutes, signal }) {
  const env = { ...(await demoEnvironment(folder.path)), FANFARE_SANDBOX: '', LOG_LEVEL: 'warn' };
  const first = await started(env, signal);
  await first.stop();
  const seconds = [];
  let idle;
  for (let no = 1; no <= STARTS; no += 1) {
    const again = await started(env, signal);
    try {
      seconds.push(again.seconds);
      if (no === STARTS) idle = await idleOf(again.pid, { idleMinutes, signal });
    } finally {
      await again.stop();
    }
  }
  const measured = { seconds: rounded(median(seconds)), ...idle };
  return {
    row: 'start',
    what: `npm start with the embedded database, and ${idleMinutes} idle minutes after it`,
    ...measured,
    floor: { firstStartSeconds: rounded(first.seconds), bareNodeSeconds: rounded(await bareNode()) },
    ratio: rounded(measured.seconds / first.seconds),
    bar: bars,
    met: Object.entries(bars).every(([name, bar]) => meets(measured[name], bar)),
  };
}

async function started(env, signal) {
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/start.mjs')], {
    cwd: ROOT,
    env,
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  try {
    while (!(await answers(`http://127.0.0.1:${env.PORT}/health/ready`))) {
      if (child.exitCode !== null) throw new Error(`npm start has ended with ${child.exitCode}.`);
      await pause(LOOK_EVERY_MS, undefined, { signal });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid, seconds: (performance.now() - began) / 1000, stop };
}

/** Processor time over the last half of the idle time: what the start has left behind does not count. */
async function idleOf(pid, { idleMinutes, signal }) {
  const halfMs = idleMinutes * 30_000;
  await pause(halfMs, undefined, { signal });
  const before = cpuSecondsOf(processTree(pid));
  await pause(halfMs, undefined, { signal });
  const tree = processTree(pid);
  return {
    megabytes: rounded(megabytesOf(tree)),
    cpuPercent: rounded(((cpuSecondsOf(tree) - before) / (halfMs / 1000)) * 100),
    processes: tree.length,
  };
}

/** A Node that does nothing. */
async function bareNode() {
  const began = performance.now();
  await once(spawn(process.execPath, ['-e', ''], { stdio: 'ignore' }), 'exit');
  return (performance.now() - began) / 1000;
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    if (error instanceof Error) return false; // not yet
    throw error;
  }
}
