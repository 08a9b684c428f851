import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AppConfig } from '../../common/config/index.js';
import { Upkeep } from '../../common/upkeep/index.js';
import { OccurrenceSweep } from './occurrence.sweep.js';

/** Sweeps every minute, and once at start for what came due while nobody was there. */
@Injectable()
export class SweepRunner extends Upkeep implements OnApplicationBootstrap {
  protected override readonly failed = 'sweep failed; the next one repeats it';

  constructor(
    config: AppConfig,
    private readonly sweep: OccurrenceSweep,
  ) {
    super(config);
  }

  onApplicationBootstrap(): void {
    this.tick();
  }

  /** A sweep that takes longer than a minute is not joined by a second one. */
  @Cron(CronExpression.EVERY_MINUTE, { name: 'scheduling.sweep' })
  override tick(): void {
    super.tick();
  }

  protected override async work(): Promise<void> {
    const handedOver = await this.sweep.sweepOnce();
    if (handedOver > 0) this.logger.log({ msg: 'occurrences handed over', handedOver });
  }
}
