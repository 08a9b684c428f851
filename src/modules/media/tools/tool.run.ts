import { spawn } from 'node:child_process';

export interface ToolRun {
  /** The program's full path. */
  readonly path: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called with every line of the program's output, instead of keeping it. */
  readonly onLine?: (line: string) => void;
}

/** The program failed, took too long, or was stopped. */
export class ToolFailedError extends Error {
  override readonly name = 'ToolFailedError';
}

const mostOutput = 4 * 1024 * 1024;
const mostComplaint = 4_000;

/**
 * Runs a program on a file that came from outside: with no environment (no secret of ours), no input, for a limited time.
 * Answers what it wrote to its output.
 * @throws ToolFailedError with the end of its complaints.
 */
export function runTool({ path, args, timeoutMs, signal, onLine }: ToolRun): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { env: {}, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const timeUp = AbortSignal.timeout(timeoutMs);
    const stop = signal === undefined ? timeUp : AbortSignal.any([timeUp, signal]);
    let output = '';
    let complaint = '';
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    stop.addEventListener('abort', kill);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (onLine !== undefined) output = feed(output, onLine);
      else if (output.length > mostOutput) kill();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-mostComplaint);
    });
    child.once('error', (cause) => {
      stop.removeEventListener('abort', kill);
      reject(new ToolFailedError('it could not be started', { cause }));
    });
    child.once('close', (code) => {
      stop.removeEventListener('abort', kill);
      if (code === 0) resolve(output);
      else if (timeUp.aborted) reject(new ToolFailedError(`it took longer than ${timeoutMs} ms`));
      else reject(new ToolFailedError(complaint.trim() === '' ? 'it was stopped' : complaint.trim()));
    });
  });
}

/** Hands out whole lines, and gives back what is not one yet. */
function feed(text: string, onLine: (line: string) => void): string {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  for (const line of lines) onLine(line);
  return rest;
}
