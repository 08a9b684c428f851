import { Worker } from 'node:worker_threads';
import { textAt } from '../../../platforms/core/index.js';

export interface WorkerRun {
  /** The full path of a module that posts one message: its answer. */
  readonly file: string;
  /** What it finds as `workerData`. */
  readonly input: unknown;
  readonly timeoutMs: number;
  /** Of its heap, megabytes. */
  readonly heapLimit: number;
}

/** It failed, took too long, needed too much memory, or ended without an answer. */
export class WorkerFailedError extends Error {
  override readonly name = 'WorkerFailedError';
}

/**
 * Reads a file that came from outside in a thread of its own: with no environment (no secret of ours), within a time and a
 * heap that it cannot exceed, and without a hold on the thread that answers requests.
 * @throws WorkerFailedError
 */
export function runWorker({ file, input, timeoutMs, heapLimit }: WorkerRun): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, {
      workerData: input,
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapLimit },
    });
    // Libraries remark on broken files; what matters is in the answer.
    worker.stdout.resume();
    worker.stderr.resume();
    const timeUp = AbortSignal.timeout(timeoutMs);
    let failure = new WorkerFailedError('it ended without an answer');
    let answer: { readonly value: unknown } | null = null;
    const stop = (): void => {
      failure = new WorkerFailedError(`it took longer than ${timeoutMs} ms`);
      void worker.terminate();
    };
    timeUp.addEventListener('abort', stop);
    worker.once('message', (value: unknown) => {
      answer = { value };
      void worker.terminate();
    });
    worker.once('error', (cause: unknown) => {
      failure = new WorkerFailedError(textAt(cause, 'message') ?? 'it failed', { cause });
    });
    worker.once('exit', () => {
      timeUp.removeEventListener('abort', stop);
      if (answer === null) reject(failure);
      else resolve(answer.value);
    });
  });
}
