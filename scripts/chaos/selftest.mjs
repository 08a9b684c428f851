import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ROOT } from '../lib/run.mjs';
import { PLANTS } from './plant.mjs';

const PUBLICATIONS = 170;
/** Where a bug keeps a run from its end, its inboxes are compared after so long. */
const MINUTES = 8;

/**
 * Runs once with each planted bug. Answers which of them got away.
 * @param {{ seed: number, signal: AbortSignal, say: (line: string) => void }} options
 * @returns {Promise<string[]>}
 */
export async function selftest({ seed, signal, say }) {
  const missed = [];
  for (const [name, { what, caught }] of Object.entries(PLANTS)) {
    say(`Planted: ${what}.`);
    const { exitCode, output } = await runPlanted(name, { seed, signal });
    const [line] = output.split('\n').filter((text) => caught.test(text));
    say(`  ${line === undefined ? `not caught:\n${output}` : `caught: ${line.trim()}`}`);
    if (exitCode === 0 || line === undefined) missed.push(name);
  }
  return missed;
}

async function runPlanted(name, { seed, signal }) {
  const limits = ['--posts', String(PUBLICATIONS), '--minutes', String(MINUTES)];
  const script = path.join(ROOT, 'scripts/chaos.mjs');
  const child = spawn(process.execPath, [script, '--seed', String(seed), ...limits, '--plant', name], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  await once(child, 'close');
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return { exitCode: child.exitCode, output };
}
