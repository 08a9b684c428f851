import type { AddJobOptions, JobDefinition } from '../../../src/common/queue/index.js';
import type { SimulatedProcess } from './processes.js';

export interface StoredJob {
  readonly id: string;
  readonly name: string;
  readonly payload: object;
  runAt: number;
  /** The process that works on it. */
  takenBy: SimulatedProcess | null;
}

/** Milliseconds after which a job whose worker died is given to another one. */
const stalledMs = 30_000;

/** The queue: a hint that may be late, double or lost. An id that it remembers is not taken again. */
export class JobStore {
  private readonly jobs = new Map<string, StoredJob>();
  private readonly remembered = new Set<string>();

  add(job: JobDefinition, payload: object, options: AddJobOptions, now: number): void {
    const id = `${job.queue}/${options.id}`;
    if (this.remembered.has(id)) return;
    this.remembered.add(id);
    const copy = JSON.parse(JSON.stringify(payload)) as object;
    const runAt = now + Math.max(0, options.delayMs ?? 0);
    this.jobs.set(id, { id, name: job.name, payload: copy, runAt, takenBy: null });
  }

  due(now: number): StoredJob[] {
    return [...this.jobs.values()].filter((job) => job.takenBy === null && job.runAt <= now);
  }

  next(): number | null {
    const times = [...this.jobs.values()].filter((job) => job.takenBy === null).map((job) => job.runAt);
    return times.length === 0 ? null : Math.min(...times);
  }

  done(job: StoredJob): void {
    this.jobs.delete(job.id);
  }

  /** Jobs of a process that died come back after a while. */
  freeOf(process: SimulatedProcess, now: number): void {
    for (const job of this.jobs.values()) {
      if (job.takenBy !== process) continue;
      job.takenBy = null;
      job.runAt = now + stalledMs;
    }
  }

  wipe(): void {
    this.jobs.clear();
    this.remembered.clear();
  }
}
