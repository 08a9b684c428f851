import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

type Child = ChildProcessByStdio<Writable, Readable, null>;

export interface HolderAnswer {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly port: number;
  readonly clusterDir: string;
  readonly serverPid: number;
  readonly error?: string;
  readonly code?: string;
}

export interface HolderOptions {
  readonly uid?: number;
  readonly gid?: number;
  /** The tree that the program runs in. */
  readonly root?: string;
}

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A process that holds an embedded server (embedded-holder.mjs). */
export class Holder {
  private static readonly running = new Set<Holder>();

  private constructor(
    private readonly child: Child,
    readonly exited: Promise<unknown>,
    readonly answer: HolderAnswer,
  ) {}

  static async start(dataDir: string, { root = ROOT, ...account }: HolderOptions = {}): Promise<Holder> {
    const program = path.join(root, 'test/process/embedded-holder.mjs');
    const child = spawn(process.execPath, [program, dataDir], {
      ...account,
      cwd: '/',
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const [line]: unknown[] = await once(createInterface({ input: child.stdout }), 'line');
    const holder = new Holder(child, exited, JSON.parse(String(line)));
    Holder.running.add(holder);
    return holder;
  }

  static async stopAll(): Promise<void> {
    for (const holder of Holder.running) await holder.stop();
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get exitCode(): number | null {
    return this.child.exitCode;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
    Holder.running.delete(this);
  }

  async stop(): Promise<void> {
    this.child.stdin.end();
    await this.exited;
    Holder.running.delete(this);
  }
}
