import type { Random } from '../world/random.js';
import type { Scheduler, Settled, Step } from '../world/scheduler.js';
import { parked } from '../world/scheduler.js';
import type { Trace } from '../world/trace.js';
import type { Backend, Backends } from './backends.js';

interface Waiting {
  readonly backend: Backend;
  readonly step: Step;
  readonly answer: Promise<Settled>;
  blockers: readonly number[];
}

export class DeadlockError extends Error {
  constructor(readonly steps: readonly string[]) {
    super(`Deadlock: ${steps.join(' | ')}`);
    this.name = 'DeadlockError';
  }
}

/**
 * Statements that wait for a lock. They wait in PostgreSQL itself, with the snapshot that they began with; here it is only
 * known which ones, and when a transaction ends, those that it set free go on one after the other.
 */
export class Locks {
  private readonly waiting: Waiting[] = [];
  waits = 0;

  constructor(
    private readonly backends: Backends,
    private readonly scheduler: Scheduler,
    private readonly random: Random,
    private readonly trace: Trace,
  ) {}

  /** The outcome of a statement, or `parked` when it waits for somebody. */
  async watch(step: Step, backend: Backend, answer: Promise<Settled>): Promise<Settled | typeof parked> {
    const outcome = await this.backends.outcome(backend, answer);
    if (!Array.isArray(outcome)) return outcome;
    this.waits += 1;
    this.waiting.push({ backend, step, answer, blockers: outcome });
    this.assertNoDeadlock();
    return parked;
  }

  /** Ends a transaction, and lets whoever waited for it go on. */
  async end<T>(backend: Backend, end: () => Promise<T>): Promise<T> {
    // Two that were set free together would run side by side in PostgreSQL, in an order that nobody decides.
    const several = this.waiting.length > 1;
    if (several) for (const { backend: stopped } of this.waiting) stopped.stop();
    try {
      const ended = await end();
      await this.release(backend, several);
      return ended;
    } finally {
      if (several) for (const { backend: stopped } of this.waiting) stopped.goOn();
    }
  }

  /** A statement of a process that died: it is given up. True when it waited. */
  async giveUp(backend: Backend): Promise<boolean> {
    const index = this.waiting.findIndex((entry) => entry.backend === backend);
    const [entry] = index < 0 ? [] : this.waiting.splice(index, 1);
    if (entry === undefined) return false;
    await this.backends.cancel(backend);
    await entry.answer;
    return true;
  }

  private async release(ended: Backend, stopped: boolean): Promise<void> {
    let changed = new Set([ended.pid]);
    while (changed.size > 0) {
      const next = new Set<number>();
      const freed = this.waiting.filter(({ blockers }) => blockers.some((pid) => changed.has(pid)));
      for (const entry of this.random.shuffled(freed)) {
        if (await this.look(entry, stopped)) next.add(entry.backend.pid);
      }
      changed = next;
    }
  }

  /** True when its statement has been answered. */
  private async look(entry: Waiting, stopped: boolean): Promise<boolean> {
    const { backend, step, answer } = entry;
    if (stopped) backend.goOn();
    const outcome = await this.backends.outcome(backend, answer);
    if (Array.isArray(outcome)) {
      entry.blockers = outcome;
      if (stopped) backend.stop();
      this.assertNoDeadlock();
      return false;
    }
    this.waiting.splice(this.waiting.indexOf(entry), 1);
    this.trace.add(`${step.task.process.name} ${step.task.no} has the lock for ${step.label}`);
    this.scheduler.answered(step, outcome);
    return true;
  }

  private assertNoDeadlock(): void {
    const byPid = new Map(this.waiting.map((entry) => [entry.backend.pid, entry]));
    for (const start of this.waiting) {
      const reached = new Set<number>();
      const ahead = [...start.blockers];
      for (let pid = ahead.pop(); pid !== undefined; pid = ahead.pop()) {
        if (pid === start.backend.pid) {
          throw new DeadlockError(this.waiting.map(({ step }) => `${step.task.label}: ${step.label}`));
        }
        if (reached.has(pid)) continue;
        reached.add(pid);
        ahead.push(...(byPid.get(pid)?.blockers ?? []));
      }
    }
  }
}
