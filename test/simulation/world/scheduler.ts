import { drained } from '../environment/globals.mjs';
import { currentTask, type Held, runAsTask, type SimulatedProcess, type Task } from './processes.js';
import type { Trace } from './trace.js';

export type Settled<T = unknown> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error };

/** A step that could not end: it waits for what another step holds, and is answered later. */
export const parked = Symbol('parked');

export interface Step {
  readonly no: number;
  readonly task: Task;
  readonly kind: 'sql' | 'end' | 'network' | 'queue' | 'wait' | 'answer';
  readonly label: string;
  /** Not before this time. */
  readonly at: number;
  /** The connection that a statement goes through. */
  readonly connection: Held | null;
  /** Does what the step does; its task does not hear of it before `resume`. */
  perform(): Promise<Settled | typeof parked>;
  resume(settled: Settled): void;
}

export interface StepInput<T> {
  readonly kind: Step['kind'];
  readonly label: string;
  readonly at?: number;
  readonly connection?: Held;
  /** Without it the step only takes its turn. */
  perform?(step: Step): Promise<Settled<T> | typeof parked>;
  /** Ends the wait for the step early. */
  readonly signal?: AbortSignal;
  onAbort?(): Error;
}

const nothing = (): Promise<Settled<undefined>> => Promise.resolve({ ok: true, value: undefined });

/**
 * Everything that touches something shared is a step: a statement, a request, an answer, a job that is added, a wait. One step
 * is performed at a time, and then everything runs on until the next steps are known. Who is next is decided elsewhere.
 */
export class Scheduler {
  now: number;
  /** In the order in which they were asked for. */
  readonly steps: Step[] = [];
  private stepsMade = 0;
  private tasksMade = 0;
  private readonly running = new Set<Task>();

  constructor(
    start: number,
    private readonly trace: Trace,
  ) {
    this.now = start;
  }

  /** Begins a piece of work in a process. What it comes to is told, unless the process dies before. */
  async spawn(process: SimulatedProcess, label: string, work: () => Promise<unknown>): Promise<void> {
    this.tasksMade += 1;
    const task: Task = { no: this.tasksMade, label, process };
    this.running.add(task);
    this.trace.add(`${process.name} begins ${task.no} ${label}`);
    void runAsTask(task, work).then(
      () => this.end(task, 'ended'),
      (error: unknown) => this.end(task, `failed: ${String(error)}`),
    );
    await drained();
  }

  /** The task waits here for its turn. */
  step<T>(input: StepInput<T>): Promise<T> {
    const task = currentTask();
    if (task === undefined) throw new Error(`${input.label} outside a simulated process`);
    return new Promise<T>((resolve, reject) => {
      const step = this.make(task, input, (settled) => {
        if (settled.ok) resolve(settled.value as T);
        else reject(settled.error);
      });
      this.steps.push(step);
      input.signal?.addEventListener('abort', () => {
        if (!this.remove(step)) return;
        reject(input.onAbort?.() ?? new Error('aborted'));
      });
    });
  }

  private make<T>(task: Task, input: StepInput<T>, resume: (settled: Settled) => void): Step {
    this.stepsMade += 1;
    const perform = input.perform ?? nothing;
    const step: Step = {
      no: this.stepsMade,
      task,
      kind: input.kind,
      label: input.label,
      at: input.at ?? this.now,
      connection: input.connection ?? null,
      perform: () => perform(step),
      resume,
    };
    return step;
  }

  /** A parked step has been answered: its task may hear of it. */
  answered(step: Step, settled: Settled): void {
    this.steps.push({
      ...step,
      kind: 'answer',
      at: this.now,
      perform: () => Promise.resolve(settled),
    });
  }

  remove(step: Step): boolean {
    const index = this.steps.indexOf(step);
    if (index >= 0) this.steps.splice(index, 1);
    return index >= 0;
  }

  forget(process: SimulatedProcess): void {
    for (const step of this.steps.filter(({ task }) => task.process === process)) this.remove(step);
    for (const task of this.running) if (task.process === process) this.running.delete(task);
  }

  /** Performs a step and lets its task go on. False when it was parked. */
  async run(step: Step): Promise<boolean> {
    const settled = await this.performOnly(step);
    if (settled === null) return false;
    step.resume(settled);
    await drained();
    return true;
  }

  /** Performs a step whose task never hears of it, as when it dies in between. */
  async performOnly(step: Step): Promise<Settled | null> {
    this.remove(step);
    const settled = await step.perform();
    const how =
      settled === parked ? ' waits for a lock' : settled.ok ? '' : ` fails: ${String(settled.error)}`;
    this.trace.add(`${step.task.process.name} ${step.task.no} ${step.kind} ${step.label}${how}`);
    return settled === parked ? null : settled;
  }

  /** Fails a step without performing it. */
  async fail(step: Step, error: Error): Promise<void> {
    this.remove(step);
    this.trace.add(
      `${step.task.process.name} ${step.task.no} ${step.kind} ${step.label} is lost: ${error.message}`,
    );
    step.resume({ ok: false, error });
    await drained();
  }

  /** A timer of a process goes off. */
  async fire(process: SimulatedProcess, timer: { fire(): void }): Promise<void> {
    this.trace.add(`${process.name} timer`);
    timer.fire();
    await drained();
  }

  /** Ready now, of processes that may run. */
  ready(): Step[] {
    return this.steps.filter((step) => step.at <= this.now && step.task.process.mayRun);
  }

  tasksOf(process: SimulatedProcess): number {
    return [...this.running].filter((task) => task.process === process).length;
  }

  get idle(): boolean {
    return this.running.size === 0;
  }

  private end(task: Task, how: string): void {
    if (!this.running.delete(task)) return;
    this.trace.add(`${task.process.name} ${task.no} ${how}`);
  }
}
