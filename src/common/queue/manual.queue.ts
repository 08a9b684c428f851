import type { Clock } from '../clock/index.js';
import type { JobDispatcher } from './job.dispatcher.js';
import { type AddJobOptions, assertJobId, type JobDefinition, JobQueue } from './job.js';

export interface QueuedJob {
  readonly id: string;
  readonly queue: string;
  readonly name: string;
  readonly payload: object;
  /** Milliseconds of the clock's wall time. */
  readonly runAt: number;
  readonly priority: number;
}

/** Queue of tests: jobs lie in memory until `runDue` is called. */
export class ManualJobQueue extends JobQueue {
  private readonly jobs = new Map<string, QueuedJob>();
  private readonly done = new Set<string>();

  constructor(private readonly clock: Clock) {
    super();
  }

  add<P extends object>(job: JobDefinition<P>, payload: P, options: AddJobOptions): Promise<void> {
    assertJobId(options.id);
    const key = `${job.queue}/${options.id}`;
    if (!this.jobs.has(key) && !this.done.has(key)) {
      this.jobs.set(key, {
        id: options.id,
        queue: job.queue,
        name: job.name,
        payload: JSON.parse(JSON.stringify(payload)) as object,
        runAt: this.clock.now().getTime() + Math.max(0, options.delayMs ?? 0),
        priority: options.priority ?? 0,
      });
    }
    return Promise.resolve();
  }

  override waiting<P extends object>(job: JobDefinition<P>): Promise<P[]> {
    const found = this.pending().filter(({ queue, name }) => queue === job.queue && name === job.name);
    return Promise.resolve(found.map(({ payload }) => payload as P));
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  /** Forgets everything, as when the queue's store is lost. */
  wipe(): void {
    this.jobs.clear();
    this.done.clear();
  }

  pending(): QueuedJob[] {
    return [...this.jobs.values()].sort((a, b) => a.runAt - b.runAt || a.priority - b.priority);
  }

  /** Runs what is due now, one after the other, until nothing due is left; answers how many ran. */
  async runDue(dispatcher: JobDispatcher): Promise<number> {
    let ran = 0;
    for (;;) {
      const now = this.clock.now().getTime();
      const next = this.pending().find((job) => job.runAt <= now);
      if (next === undefined) return ran;
      const key = `${next.queue}/${next.id}`;
      this.jobs.delete(key);
      this.done.add(key);
      await dispatcher.dispatch(next.queue, next.name, next.payload);
      ran += 1;
    }
  }
}
