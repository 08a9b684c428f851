import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AppConfig } from '../../common/config/index.js';
import { OccurrenceSweep } from './occurrence.sweep.js';

/** Sweeps every minute, and once at start for what came due while nobody was there, in processes that schedule. */
@Injectable()
export class SweepRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SweepRunner.name);
  private running: Promise<void> | null = null;
  private closing = false;

  constructor(
    private readonly config: AppConfig,
    private readonly sweep: OccurrenceSweep,
  ) {}

  onApplicationBootstrap(): void {
    this.tick();
  }

  /** A sweep that takes longer than a minute is not joined by a second one. */
  @Cron(CronExpression.EVERY_MINUTE, { name: 'scheduling.sweep' })
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
      const handedOver = await this.sweep.sweepOnce();
      if (handedOver > 0) this.logger.log({ msg: 'occurrences handed over', handedOver });
    } catch (error) {
      this.logger.error({ msg: 'sweep failed; the next one repeats it', err: error });
    } finally {
      this.running = null;
    }
  }
}
