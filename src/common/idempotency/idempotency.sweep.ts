import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AppConfig } from '../config/index.js';
import { IdempotencyRepository } from './idempotency.repository.js';

/** Removes the keys that are over, every hour, in processes that schedule: a workspace that sends nothing more removes none itself. */
@Injectable()
export class IdempotencySweep implements BeforeApplicationShutdown {
  private readonly logger = new Logger(IdempotencySweep.name);
  private running: Promise<void> | null = null;
  private closing = false;

  constructor(
    private readonly config: AppConfig,
    private readonly keys: IdempotencyRepository,
  ) {}

  @Cron(CronExpression.EVERY_HOUR, { name: 'idempotency.sweep' })
  tick(): void {
    const { role } = this.config;
    if (this.closing || this.running !== null || (role !== 'all' && role !== 'scheduler')) return;
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.running;
  }

  /** In batches until none is over; answers how many there were. */
  async sweepOnce(): Promise<number> {
    let removed = 0;
    for (;;) {
      const batch = await this.keys.purgeAll();
      removed += batch;
      if (batch === 0 || this.closing) return removed;
    }
  }

  private async run(): Promise<void> {
    try {
      const removed = await this.sweepOnce();
      if (removed > 0) this.logger.log({ msg: 'idempotency keys removed', removed });
    } catch (error) {
      this.logger.error({ msg: 'idempotency keys were not removed; the next sweep tries again', err: error });
    } finally {
      this.running = null;
    }
  }
}
