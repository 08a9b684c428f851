import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { childEnvironment } from '../support/child-environment.js';
import { eventually } from '../support/eventually.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** `npm start` as a process. */
export class Started {
  private static readonly running = new Set<Started>();
  readonly exited: Promise<unknown>;
  output = '';
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;

  constructor(
    readonly dataDir: string,
    private readonly port: number,
    env: Readonly<Record<string, string>> = {},
  ) {
    this.child = spawn(process.execPath, [path.join(ROOT, 'scripts/start.mjs')], {
      cwd: ROOT,
      env: childEnvironment({ ...env, FANFARE_DATA_DIR: dataDir, PORT: String(port) }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exited = once(this.child, 'close').finally(() => Started.running.delete(this));
    Started.running.add(this);
  }

  static async stopAll(): Promise<void> {
    await Promise.all([...Started.running].map((started) => started.stop('SIGTERM')));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get exitCode(): number | null {
    return this.child.exitCode;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.exited;
  }

  /** Waits until the route answers with 200. */
  async answers(route = '/health/live'): Promise<void> {
    await eventually(
      async () => {
        if (this.exitCode !== null) throw new Error(`ended with ${this.exitCode}: ${this.output}`);
        return (await fetch(`${this.url}${route}`)).ok;
      },
      { withinMs: 60_000, everyMs: 100 },
    );
  }

  /** As the start script has noted it. */
  async enginePid(): Promise<number> {
    return eventually(async () => {
      const noted = await readFile(path.join(this.dataDir, 'processes.json'), 'utf8');
      const engine = /"name":"engine","pid":(\d+)/.exec(noted)?.[1];
      return engine === undefined ? undefined : Number(engine);
    });
  }
}
