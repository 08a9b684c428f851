import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AppConfig } from '../../common/config/index.js';
import { Upkeep } from '../../common/upkeep/index.js';
import { ArchiveMover } from './archive.mover.js';
import { MediaCollector } from './media.collector.js';

/** Collects and moves what rests, every hour. */
@Injectable()
export class CollectorRunner extends Upkeep {
  protected override readonly failed = 'media were not collected; the next sweep tries again';

  constructor(
    config: AppConfig,
    private readonly collector: MediaCollector,
    private readonly mover: ArchiveMover,
  ) {
    super(config);
  }

  @Cron(CronExpression.EVERY_HOUR, { name: 'media.collect' })
  override tick(): void {
    super.tick();
  }

  protected override async work(): Promise<void> {
    const collected = { ...(await this.collector.collectOnce()), ...(await this.mover.moveOnce()) };
    if (Object.values(collected).some((count) => count > 0)) {
      this.logger.log({ msg: 'media collected', ...collected });
    }
  }
}
