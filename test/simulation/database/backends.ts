import { createHash } from 'node:crypto';
import { kill } from 'node:process';
import pg from 'pg';
import { pause } from '../environment/globals.mjs';
import type { Settled } from '../world/scheduler.js';

export interface Answer {
  readonly command: string;
  readonly rows: object[];
  readonly rowCount: number | null;
}

/** A real connection, lent to one simulated connection at a time. */
export class Backend {
  constructor(
    readonly no: number,
    readonly pid: number,
    private readonly client: pg.Client,
  ) {}

  /** Statements with values are prepared under a name, so that PostgreSQL plans each of them once. */
  async send(text: string, values?: unknown[]): Promise<Answer> {
    const answer: unknown = await (values === undefined || values.length === 0
      ? this.client.query(text)
      : this.client.query({ name: nameOf(text), text, values }));
    return (Array.isArray(answer) ? answer.at(-1) : answer) as Answer;
  }

  /** Stops the operating system's process, which waits for a lock, so that it does not go on before its turn. */
  stop(): void {
    kill(this.pid, 'SIGSTOP');
  }

  goOn(): void {
    kill(this.pid, 'SIGCONT');
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('md5').update(text).digest('hex');
  names.set(text, name);
  return name;
}

/** The connections of all simulated processes, and one of the simulation's own. */
export class Backends {
  private readonly all: Backend[] = [];
  private readonly free = new Set<Backend>();

  private constructor(
    private readonly url: string,
    readonly control: Backend,
  ) {}

  static async open(urls: { readonly app: string; readonly admin: string }): Promise<Backends> {
    return new Backends(urls.app, await connect(urls.admin, 0));
  }

  /** Always the first that is free, so that a seed uses the same ones each time. */
  async take(): Promise<Backend> {
    const first = this.all.find((backend) => this.free.has(backend));
    if (first !== undefined) {
      this.free.delete(first);
      return first;
    }
    const opened = await connect(this.url, this.all.length + 1);
    this.all.push(opened);
    return opened;
  }

  giveBack(backend: Backend): void {
    this.free.add(backend);
  }

  /**
   * The simulated connections that hold what a backend waits for; empty when it does not wait for any. What PostgreSQL does in the
   * background, such as giving the end of an emptied table back, holds locks for a moment as well: they are no part of a schedule.
   */
  async blockersOf({ pid }: Backend): Promise<number[]> {
    const { rows } = await this.control.send('SELECT pg_blocking_pids($1) AS pids', [pid]);
    const [row] = rows as { pids: number[] }[];
    const ours = new Set(this.all.map((backend) => backend.pid));
    return (row?.pids ?? []).filter((blocker) => ours.has(blocker));
  }

  /** The answer, or who holds the lock that the statement waits for. Nothing else runs meanwhile, so it is always the same. */
  async outcome(backend: Backend, answer: Promise<Settled>): Promise<Settled | number[]> {
    for (;;) {
      const settled = await Promise.race([answer, pause(2)]);
      if (settled !== undefined) return settled;
      const blockers = await this.blockersOf(backend);
      if (blockers.length > 0) return blockers;
    }
  }

  async cancel({ pid }: Backend): Promise<void> {
    await this.control.send('SELECT pg_cancel_backend($1)', [pid]);
  }

  async close(): Promise<void> {
    await Promise.all([...this.all, this.control].map((backend) => backend.close()));
  }
}

async function connect(connectionString: string, no: number): Promise<Backend> {
  const client = new pg.Client({
    connectionString,
    application_name: 'fanfare-simulation',
    // What goes before a statement is sent along with it.
    ...{ pipeline: true },
  });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return new Backend(no, rows[0]?.pid ?? 0, client);
}
