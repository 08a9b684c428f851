import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';

/** Milliseconds that open calls get to end by themselves after the process was told to stop. */
export const shutdownGraceMs = 20_000;

/**
 * After the process was told to stop, no new commit starts; the calls under way may end, and what has not ended after the
 * grace is aborted, so that its outcome is stored as unknown before the process exits.
 */
@Injectable()
export class ShutdownGate implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ShutdownGate.name);
  private readonly controller = new AbortController();
  private readonly runs = new Set<Promise<unknown>>();
  private stopping = false;

  /** Aborted when the grace is over. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  /** Makes the shutdown wait for the work. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.runs.add(work);
    try {
      return await work;
    } finally {
      this.runs.delete(work);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.runs.size === 0) return;
    this.logger.log({ msg: 'waiting for calls under way', runs: this.runs.size });
    const timer = setTimeout(
      () => this.controller.abort(new Error('the process is stopping')),
      shutdownGraceMs,
    );
    await Promise.allSettled([...this.runs]);
    clearTimeout(timer);
  }
}
