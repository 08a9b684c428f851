import { EventEmitter } from 'node:events';
import { currentTask, type Held, type SimulatedProcess } from '../world/processes.js';
import { parked, type Settled, type Step } from '../world/scheduler.js';
import type { World } from '../world/world.js';
import type { Answer, Backend, Backends } from './backends.js';

/** Rewrites a statement on its way; how bugs are planted. Null: as it is. */
export type Rewrite = (text: string, values: unknown[]) => { text: string; values: unknown[] } | null;

/** What the driver serves at the moment. Without a world, statements are sent at once: for setting up. */
export interface DriverState {
  backends: Backends;
  world: World | null;
  rewrite: Rewrite | null;
}

const begin = /^(START TRANSACTION|SET LOCAL |SET TRANSACTION )/;
const end = /^(COMMIT|ROLLBACK)$/;
const write = /^\s*(INSERT|UPDATE|DELETE|WITH[\s\S]*\b(INSERT INTO|UPDATE|DELETE FROM)\b)/i;
/** Tables that the checks look at. */
const checked = /\b(plans|publications|commits|calls|outbox|deliveries|occurrences|holds)\b/;
const ordered = /\border by\b/i;

export class ConnectionLost extends Error {
  constructor() {
    super('Connection terminated unexpectedly');
    this.name = 'ConnectionLost';
  }
}

/** What TypeORM takes for a connection of node-postgres: each statement is a step of the task that sends it. */
export class SimulatedConnection extends EventEmitter implements Held {
  private backend: Backend | null = null;
  private pending: string[] = [];
  private open = false;
  /** The text of what the transaction has written with. */
  private wrote = '';
  private lost = false;
  readonly process: SimulatedProcess | undefined = currentTask()?.process;

  constructor(private readonly state: DriverState) {
    super();
    this.process?.held.add(this);
  }

  /** Whether a transaction is under way that PostgreSQL knows of. */
  get isOpen(): boolean {
    return this.open;
  }

  async query(text: string, values: unknown[] = []): Promise<Answer> {
    if (this.lost) throw new ConnectionLost();
    const { world } = this.state;
    // Alone it changes nothing that anybody could see: it goes along with the first statement.
    if (begin.test(text)) {
      this.pending.push(text);
      return { command: 'SET', rows: [], rowCount: 0 };
    }
    if (end.test(text) && !this.open) {
      this.pending = [];
      return { command: text, rows: [], rowCount: 0 };
    }
    if (world === null) return this.send(text, values);
    const rewritten = this.state.rewrite?.(text, values) ?? { text, values };
    return world.scheduler.step<Answer>({
      kind: end.test(text) ? 'end' : 'sql',
      label: labelOf(text),
      connection: this,
      perform: (step) => this.perform(world, step, rewritten.text, rewritten.values),
    });
  }

  release(): void {
    this.process?.held.delete(this);
    if (this.backend !== null) this.state.backends.giveBack(this.backend);
    this.backend = null;
    this.lost = true;
  }

  /** The network to the database broke, or the process is gone: PostgreSQL rolls back. */
  async cut(): Promise<void> {
    this.lost = true;
    this.process?.held.delete(this);
    const { backend } = this;
    if (backend === null) return;
    this.backend = null;
    const { world } = this.state;
    const rollBack = (): Promise<Answer> => backend.send('ROLLBACK');
    if (world === null) await rollBack();
    else {
      await world.locks.giveUp(backend);
      if (this.open) await world.locks.end(backend, rollBack);
    }
    this.open = false;
    this.state.backends.giveBack(backend);
  }

  private async perform(
    world: World,
    step: Step,
    text: string,
    values: unknown[],
  ): Promise<Settled<Answer> | typeof parked> {
    world.counts.statements += 1;
    const ends = end.test(text);
    const answer = this.settled(text, values);
    const backend = await this.taken();
    if (ends) {
      const ended = await world.locks.end(backend, () => answer());
      this.open = false;
      if (ended.ok && text === 'COMMIT' && checked.test(this.wrote)) await world.committed(step.task);
      this.wrote = '';
      return ended;
    }
    if (write.test(text)) this.wrote += text;
    return (await world.locks.watch(step, backend, answer())) as Settled<Answer> | typeof parked;
  }

  private settled(text: string, values: unknown[]): () => Promise<Settled<Answer>> {
    return () =>
      this.send(text, values).then(
        (value) => ({ ok: true, value: inKnownOrder(text, value) }),
        (error: unknown) => ({ ok: false, error: error instanceof Error ? error : new Error(String(error)) }),
      );
  }

  private async taken(): Promise<Backend> {
    this.backend ??= await this.state.backends.take();
    return this.backend;
  }

  private async send(text: string, values: unknown[]): Promise<Answer> {
    const backend = await this.taken();
    const first = this.pending;
    this.pending = [];
    if (first.length > 0) this.open = true;
    if (values.length === 0) return backend.send([...first, text].join('; '));
    const [, answer] = await Promise.all([
      first.length > 0 ? backend.send(first.join('; ')) : null,
      backend.send(text, values),
    ]);
    return answer;
  }
}

/** Rows without an order come in one that PostgreSQL's files happen to have: a fixed one instead, the same for each seed. */
function inKnownOrder(text: string, answer: Answer): Answer {
  if (answer.rows.length < 2 || (ordered.test(text) && !write.test(text))) return answer;
  const keyed = answer.rows.map((row) => ({ row, key: JSON.stringify(row) }));
  return { ...answer, rows: keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row) };
}

const labels = new Map<string, string>();

function labelOf(text: string): string {
  const known = labels.get(text);
  if (known !== undefined) return known;
  const flat = text.replace(/\s+/g, ' ').trim();
  const table = /\b(?:FROM|INTO|UPDATE) "?([a-z_]+)"?/i.exec(flat)?.[1] ?? '';
  const lock = / FOR (UPDATE|SHARE|NO KEY UPDATE)( |$)/.exec(flat)?.[0]?.trimEnd() ?? '';
  const label = `${flat.split(' ', 1)[0] ?? ''} ${table}${lock}`.trim();
  labels.set(text, label);
  return label;
}

type Connected = (error: Error | null, connection: SimulatedConnection, release: () => void) => void;

/** In the place of the module `pg`, for TypeORM. */
export function driverOf(state: DriverState): object {
  class SimulatedPool extends EventEmitter {
    connect(connected: Connected): void {
      const connection = new SimulatedConnection(state);
      connected(null, connection, () => connection.release());
    }

    end(ended: () => void): void {
      ended();
    }
  }
  return { Pool: SimulatedPool };
}
