import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AppConfig } from '../config/index.js';
import { Upkeep } from '../upkeep/index.js';
import { IdempotencyRepository } from './idempotency.repository.js';

/** Removes the keys that are over, every hour: a workspace that sends nothing more removes none itself. */
@Injectable()
export class IdempotencySweep extends Upkeep {
  protected override readonly failed = 'idempotency keys were not removed; the next sweep tries again';

  constructor(
    config: AppConfig,
    private readonly keys: IdempotencyRepository,
  ) {
    super(config);
  }

  @Cron(CronExpression.EVERY_HOUR, { name: 'idempotency.sweep' })
  override tick(): void {
    super.tick();
  }

  /** In batches until none is over; answers how many there were. */
  async sweepOnce(): Promise<number> {
    let removed = 0;
    for (;;) {
      const batch = await this.keys.purgeAll();
      removed += batch;
      if (batch === 0 || this.isStopping) return removed;
    }
  }

  protected override async work(): Promise<void> {
    const removed = await this.sweepOnce();
    if (removed > 0) this.logger.log({ msg: 'idempotency keys removed', removed });
  }
}
