import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runWorker, WorkerFailedError } from '../../../src/modules/media/tools/worker.run.js';
import { heic } from '../../support/media/heic.js';

describe('a thread that reads what came from outside', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fanfare-test-worker-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(code: string, more: { timeoutMs?: number; heapLimit?: number } = {}): Promise<unknown> {
    const file = path.join(folder, 'worker.mjs');
    writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads';\n${code}`);
    return runWorker({ file, input: { word: 'hello' }, timeoutMs: 120_000, heapLimit: 32, ...more });
  }

  it('gives its answer, and sees nothing of the environment', async () => {
    const code = 'parentPort.postMessage([workerData.word, Object.keys(process.env)]);';
    expect(await run(code)).toEqual(['hello', []]);
  });

  it.each([
    ['never ends', 'for (;;);', { timeoutMs: 200 }, 'longer than 200 ms'],
    ['takes all memory', 'for (const all = []; ; ) all.push({ all: [...all] });', {}, 'memory'],
    ['fails', 'throw new Error("no good");', {}, 'no good'],
    ['says nothing', '', {}, 'without an answer'],
  ])('that %s is stopped, and nothing else with it', async (_what, code, more, message) => {
    const failed = run(code, more);
    await expect(failed).rejects.toBeInstanceOf(WorkerFailedError);
    await expect(failed).rejects.toThrow(message);
  });

  it('has a limit of memory for what is not on its heap', async () => {
    const source = path.join(folder, 'a.heic');
    // The decoder has the file in its own memory.
    const free = Buffer.alloc(64 * 1024 * 1024);
    free.writeUInt32BE(free.length);
    free.write('free', 4);
    writeFileSync(source, Buffer.concat([heic(), free]));
    const decode = (maxMemory: number): Promise<unknown> =>
      runWorker({
        file: path.resolve('src/modules/media/heic/heic.worker.mjs'),
        input: { source, target: path.join(folder, 'a.png'), icc: null, maxPixels: 10_000, maxMemory },
        timeoutMs: 120_000,
        heapLimit: 256,
      });
    expect(await decode(768 * 1024 * 1024)).toEqual({ width: 64, height: 48 });
    const refused = decode(1).then(
      (answer) => answer,
      () => ({ problem: 'died' }),
    );
    expect(await refused).toHaveProperty('problem');
  });
});
