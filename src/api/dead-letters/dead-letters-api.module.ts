import { Module } from '@nestjs/common';
import { AccountsModule } from '../../modules/accounts/index.js';
import { PublishingModule } from '../../modules/publishing/index.js';
import { DeadDeliveries } from './dead.deliveries.js';
import { DeadLettersController } from './dead-letters.controller.js';

/** The HTTP edge of what ended without success. */
@Module({
  imports: [AccountsModule, PublishingModule],
  providers: [DeadDeliveries],
  controllers: [DeadLettersController],
})
export class DeadLettersApiModule {}
