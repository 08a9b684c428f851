import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AppConfig } from '../../common/config/index.js';
import { LoginSweep } from './login.sweep.js';

/** Looks after logins that end soon every hour, in processes that schedule. */
@Injectable()
export class LoginSweepRunner implements BeforeApplicationShutdown {
  private readonly logger = new Logger(LoginSweepRunner.name);
  private running: Promise<void> | null = null;
  private closing = false;

  constructor(
    private readonly config: AppConfig,
    private readonly sweep: LoginSweep,
  ) {}

  @Cron(CronExpression.EVERY_HOUR, { name: 'accounts.renew-ahead' })
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
      const done = await this.sweep.sweepOnce();
      if (done.renewed + done.told > 0) this.logger.log({ msg: 'logins that end soon', ...done });
    } catch (error) {
      this.logger.error({ msg: 'logins were not looked after; the next sweep does it', err: error });
    } finally {
      this.running = null;
    }
  }
}
