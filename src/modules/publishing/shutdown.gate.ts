import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';

/** Milliseconds that open calls get to end by themselves after the process was told to stop. */
export const shutdownGraceMs = 20_000;

/**
 * After the process was told to stop, no new commit starts; the calls under way may end, and what has not ended after the
 * grace is aborted, so that its outcome is stored as unknown before the process exits.
 */
@Injectable()
export class ShutdownGate implements OnModuleDestroy, BeforeApplicationShutdown {
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

  /** The first that a module hears of the end: from here on nothing more goes out, whatever others take to stop. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
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
