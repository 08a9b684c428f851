import { type BeforeApplicationShutdown, Logger } from '@nestjs/common';
import type { AppConfig } from '../config/index.js';

/**
 * What processes that schedule do again and again: never twice at a time, and to its end before the process goes. A subclass says
 * when by `@Cron` on a `tick` of its own, because Nest knows such a work by the method.
 */
export abstract class Upkeep implements BeforeApplicationShutdown {
  protected readonly logger = new Logger(this.constructor.name);
  private running: Promise<void> | null = null;
  private stopping = false;

  constructor(private readonly config: AppConfig) {}

  /** What is told when the work has failed; the next time does it again. */
  protected abstract readonly failed: string;

  protected abstract work(): Promise<void>;

  /** Long work comes to its end when it is. */
  protected get isStopping(): boolean {
    return this.stopping;
  }

  tick(): void {
    const { role } = this.config;
    if (this.stopping || this.running !== null || (role !== 'all' && role !== 'scheduler')) return;
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.logger.error({ msg: this.failed, err: error });
    } finally {
      this.running = null;
    }
  }
}
