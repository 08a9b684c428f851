import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AppConfig } from '../../../common/config/index.js';
import { RenditionQueue } from './rendition.queue.js';
import { RenditionsRepository } from './renditions.repository.js';

const batch = 200;

/** Adds the jobs of renditions again that nobody is at: their process died, or the queue lost them. */
@Injectable()
export class RenditionSweep implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RenditionSweep.name);
  private running: Promise<void> | null = null;
  private closing = false;

  constructor(
    private readonly config: AppConfig,
    private readonly repository: RenditionsRepository,
    private readonly queue: RenditionQueue,
  ) {}

  @Cron(CronExpression.EVERY_30_SECONDS, { name: 'media.sweep-renditions' })
  tick(): void {
    if (this.closing || this.running !== null || this.config.role === 'api') return;
    this.running = this.sweepSafely();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.running;
  }

  /** One sweep; answers how many jobs were added again. */
  async sweepOnce(): Promise<number> {
    const left = await this.repository.wakeLeft(batch);
    for (const woken of left) await this.queue.add(woken, true);
    return left.length;
  }

  private async sweepSafely(): Promise<void> {
    try {
      const added = await this.sweepOnce();
      if (added > 0) this.logger.log({ msg: 'woke renditions that nobody was at', added });
    } catch (error) {
      this.logger.warn({ msg: 'a sweep failed; the next one repeats it', err: error });
    } finally {
      this.running = null;
    }
  }
}
