import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { childEnvironment } from '../child-environment.js';
import { eventually } from '../eventually.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The built engine as a process of its own, without the start script. */
export class EngineProcess {
  private static readonly running = new Set<EngineProcess>();
  output = '';
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly exited: Promise<unknown>;

  /** With `CLOCK_SKEW_MS` its wall clock is off by so much (skewed-clock.mjs). */
  constructor(
    env: Readonly<Record<string, string>>,
    readonly port: number,
  ) {
    const clock =
      'CLOCK_SKEW_MS' in env ? ['--import', path.join(import.meta.dirname, 'skewed-clock.mjs')] : [];
    this.child = spawn(process.execPath, [...clock, path.join(ROOT, 'dist/src/main.js')], {
      cwd: ROOT,
      env: childEnvironment({ ...env, PORT: String(port) }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exited = once(this.child, 'close').finally(() => EngineProcess.running.delete(this));
    EngineProcess.running.add(this);
  }

  /** What a failed test has left. */
  static async endAll(): Promise<void> {
    await Promise.all([...EngineProcess.running].map((each) => each.end()));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async ready(): Promise<void> {
    await eventually(
      async () => {
        if (this.child.exitCode !== null)
          throw new Error(`ended with ${this.child.exitCode}: ${this.output}`);
        return (await fetch(`${this.url}/health/ready`)).ok;
      },
      { withinMs: 60_000, everyMs: 50 },
    );
  }

  /** SIGSTOP suspends it wherever it is, SIGCONT lets it go on, SIGTERM asks it to end. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Resolves when it has ended, with its exit code or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    await this.exited;
    return this.child.exitCode ?? this.child.signalCode;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** SIGKILL by default: no hook, no flush, nothing. */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    await this.exited;
  }
}
