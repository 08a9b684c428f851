import { AsyncLocalStorage } from 'node:async_hooks';
import { replaceGlobals, type SimulatedTimer } from '../environment/globals.mjs';
import type { Random } from './random.js';

/** What a simulated process holds that dies with it. */
export interface Held {
  /** As when its process is killed: the transaction is rolled back, and nobody hears of it. */
  cut(): Promise<void>;
}

interface Timer extends SimulatedTimer {
  readonly no: number;
  dueAt: number;
  fire(): void;
}

/** One process of the engine, as far as the machine is concerned: alive, suspended or dead, with its clock and timers. */
export class SimulatedProcess {
  alive = true;
  suspendedUntil = 0;
  readonly held = new Set<Held>();
  readonly timers: Timer[] = [];
  private timersMade = 0;

  constructor(
    readonly name: string,
    /** Milliseconds by which its wall clock is off. */
    readonly skewMs: number,
    private readonly time: { readonly now: number },
    private readonly chance: Random,
  ) {}

  get mayRun(): boolean {
    return this.alive && this.suspendedUntil <= this.time.now;
  }

  wallMs(): number {
    return this.time.now + this.skewMs;
  }

  random(): number {
    return this.chance.next();
  }

  startTimer(fn: () => void, ms: number, repeats: boolean): SimulatedTimer {
    const inContext = AsyncLocalStorage.snapshot();
    this.timersMade += 1;
    const timer: Timer = {
      isSimulated: true,
      no: this.timersMade,
      dueAt: this.time.now + Math.max(1, ms),
      fire: () => {
        if (repeats) timer.dueAt = this.time.now + Math.max(1, ms);
        else timer.stop();
        inContext(fn);
      },
      stop: () => {
        const index = this.timers.indexOf(timer);
        if (index >= 0) this.timers.splice(index, 1);
      },
    };
    this.timers.push(timer);
    return timer;
  }

  nextTimer(): Timer | null {
    return this.timers.reduce<Timer | null>(
      (first, timer) => (first === null || timer.dueAt < first.dueAt ? timer : first),
      null,
    );
  }
}

/** A piece of work of a process: a job, a command, a sweep. */
export interface Task {
  readonly no: number;
  readonly label: string;
  readonly process: SimulatedProcess;
}

const tasks = new AsyncLocalStorage<Task>();

export function runAsTask<T>(task: Task, fn: () => Promise<T>): Promise<T> {
  return tasks.run(task, fn);
}

/** The task that the code which is running now belongs to; undefined outside the simulated processes. */
export function currentTask(): Task | undefined {
  return tasks.getStore();
}

replaceGlobals(() => {
  const process = currentTask()?.process;
  if (process === undefined) return null;
  return {
    now: () => process.wallMs(),
    random: () => process.random(),
    startTimer: (fn, ms, repeats) => process.startTimer(fn, ms, repeats),
  };
});
