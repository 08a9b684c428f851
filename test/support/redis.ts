import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.js';
import { findProgram } from './requirements.js';

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A Redis of its own that keeps nothing. Use it inside `describeWith('redis', …)`, which leaves the tests out where there is
 * none.
 */
export async function startTestRedis(): Promise<TestRedis> {
  const program = findProgram('redis');
  if (program === undefined) throw new Error('redis-server is not installed: use describeWith("redis", …)');
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/' });
  const stopWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', stopWithUs);
  const exited = once(child, 'exit');
  await readyLine(createInterface({ input: child.stdout }), exited);
  return {
    url: `redis://127.0.0.1:${port}/0`,
    stop: async () => {
      process.off('exit', stopWithUs);
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Keeps reading afterwards, so that the server is never blocked by what it logs. */
function readyLine(lines: ReturnType<typeof createInterface>, exited: Promise<unknown>): Promise<void> {
  const seen: string[] = [];
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      if (/ready to accept connections/i.test(line)) resolve();
      else if (seen.length < 50) seen.push(line);
    });
    void exited.then(() => {
      reject(new Error(`redis-server has ended:\n${seen.join('\n')}`));
    });
  });
}
