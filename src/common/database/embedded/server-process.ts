import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Placement } from './placement.js';

export interface ServerOptions {
  readonly placement: Placement;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  readonly serverLog: (line: string) => void;
}

const READY = 'database system is ready to accept connections';
const PORT_TAKEN = /could not bind IPv4 address|could not create any TCP\/IP sockets/;

/** PostgreSQL did not come up; the message holds its last words. */
export class ServerStartError extends Error {
  constructor(readonly lastLines: readonly string[]) {
    super(`PostgreSQL did not start. Its last words:\n${lastLines.join('\n')}`);
    this.name = 'ServerStartError';
  }

  get portTaken(): boolean {
    return this.lastLines.some((line) => PORT_TAKEN.test(line));
  }
}

/** One run of the `postgres` program. */
export class ServerProcess {
  readonly exited: Promise<void>;
  private readonly child: ChildProcess;
  private readonly lastLines: string[] = [];

  private constructor(private readonly options: ServerOptions) {
    const { placement, port, settings } = options;
    const set = { ...settings, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
    const flags = Object.entries(set).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.child = spawn(
      path.join(placement.binaries.home, 'bin', 'postgres'),
      ['-D', placement.clusterDir, '-p', String(port), ...flags],
      {
        ...placement.account,
        cwd: '/',
        env: serverEnvironment,
        stdio: ['ignore', 'ignore', 'pipe'],
        detached: true, // a Ctrl-C in the terminal reaches us, and we stop it last
      },
    );
    const stopWithUs = (): void => void this.child.kill('SIGINT');
    process.once('exit', stopWithUs);
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error) => {
        this.note(error.message);
        resolve();
      });
      this.child.once('exit', () => {
        process.off('exit', stopWithUs);
        resolve();
      });
    });
  }

  static async start(options: ServerOptions): Promise<ServerProcess> {
    const server = new ServerProcess(options);
    const ready = server.readLines();
    const cameUp = await Promise.race([ready, server.exited.then(() => false)]);
    if (cameUp) return server;
    await ready; // until its output ends
    throw new ServerStartError(server.lastLines);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Fast shutdown; if that takes too long an immediate one, which the next start recovers from. */
  async stop(): Promise<void> {
    for (const [signal, patienceMs] of [
      ['SIGINT', 15_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 2_000],
    ] as const) {
      this.child.kill(signal);
      if (await endsWithin(this.exited, patienceMs)) return;
    }
  }

  /** True as soon as the server serves, false when its output ends before. */
  private readLines(): Promise<boolean> {
    const { stderr } = this.child;
    if (stderr === null) return Promise.resolve(false);
    return new Promise((resolve) => {
      const lines = createInterface({ input: stderr });
      lines.on('line', (line) => {
        this.note(line);
        if (line.includes(READY)) resolve(true);
      });
      lines.once('close', () => {
        resolve(false);
      });
    });
  }

  private note(line: string): void {
    this.options.serverLog(line);
    this.lastLines.push(line);
    if (this.lastLines.length > 20) this.lastLines.shift();
  }
}

/** Nothing of ours may change how the server behaves, and its messages are read in English. */
export const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' } as const;

export async function endsWithin(ended: Promise<void>, patienceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patienceMs, false);
  });
  try {
    return await Promise.race([ended.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
