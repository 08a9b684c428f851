import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../common/idempotency/index.js';
import { AccountsModule } from '../../modules/accounts/index.js';
import { ContentModule } from '../../modules/content/index.js';
import { PublishingModule } from '../../modules/publishing/index.js';
import { Holding } from './holding.js';
import { HoldsController } from './holds.controller.js';

/** The HTTP edge of holds: stop and go on, for a post, an account, a brand, the workspace. */
@Module({
  imports: [IdempotencyModule, AccountsModule, ContentModule, PublishingModule],
  providers: [Holding],
  controllers: [HoldsController],
})
export class HoldsApiModule {}
