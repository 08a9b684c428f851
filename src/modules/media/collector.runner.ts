import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AppConfig } from '../../common/config/index.js';
import { ArchiveMover } from './archive.mover.js';
import { MediaCollector } from './media.collector.js';

/** Collects and moves what rests, every hour, in processes that schedule. */
@Injectable()
export class CollectorRunner implements BeforeApplicationShutdown {
  private readonly logger = new Logger(CollectorRunner.name);
  private running: Promise<void> | null = null;
  private closing = false;

  constructor(
    private readonly config: AppConfig,
    private readonly collector: MediaCollector,
    private readonly mover: ArchiveMover,
  ) {}

  @Cron(CronExpression.EVERY_HOUR, { name: 'media.collect' })
  tick(): void {
    const { role } = this.config;
    if (this.closing || this.running !== null || (role !== 'all' && role !== 'scheduler')) return;
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      const collected = { ...(await this.collector.collectOnce()), ...(await this.mover.moveOnce()) };
      if (Object.values(collected).some((count) => count > 0)) {
        this.logger.log({ msg: 'media collected', ...collected });
      }
    } catch (error) {
      this.logger.error({ msg: 'media were not collected; the next sweep tries again', err: error });
    } finally {
      this.running = null;
    }
  }
}
