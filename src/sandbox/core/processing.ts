import type { SandboxClock } from './sandbox.clock.js';

export type ProcessingState = 'processing' | 'done' | 'failed';

interface Job {
  readonly readyAt: number;
  readonly fails: boolean;
}

/** Work that a platform does in the background: it takes its time by the sandbox's clock. */
export class Processing {
  private jobs = new Map<string, Job>();

  constructor(private readonly clock: SandboxClock) {}

  start(id: string, ms: number, fails = false): void {
    this.jobs.set(id, { readyAt: this.clock.now() + ms, fails });
  }

  /** Null: nobody has started it. */
  state(id: string): ProcessingState | null {
    const job = this.jobs.get(id);
    if (job === undefined) return null;
    if (job.readyAt > this.clock.now()) return 'processing';
    return job.fails ? 'failed' : 'done';
  }

  reset(): void {
    this.jobs = new Map();
  }
}
