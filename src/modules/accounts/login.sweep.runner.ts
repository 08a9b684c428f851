import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AppConfig } from '../../common/config/index.js';
import { Upkeep } from '../../common/upkeep/index.js';
import { LoginSweep } from './login.sweep.js';

/** Looks after logins that end soon every hour. */
@Injectable()
export class LoginSweepRunner extends Upkeep {
  protected override readonly failed = 'logins were not looked after; the next sweep does it';

  constructor(
    config: AppConfig,
    private readonly sweep: LoginSweep,
  ) {
    super(config);
  }

  @Cron(CronExpression.EVERY_HOUR, { name: 'accounts.renew-ahead' })
  override tick(): void {
    super.tick();
  }

  protected override async work(): Promise<void> {
    const done = await this.sweep.sweepOnce();
    if (done.renewed + done.told > 0) this.logger.log({ msg: 'logins that end soon', ...done });
  }
}
