import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../common/idempotency/index.js';
import { AccountsModule } from '../../modules/accounts/index.js';
import { PublishingModule } from '../../modules/publishing/index.js';
import { AccountBrandController } from './account-brand.controller.js';
import { BrandChanges } from './brand.changes.js';
import { BrandsController } from './brands.controller.js';

/** The HTTP edge of brands, and of which account belongs to which. */
@Module({
  imports: [IdempotencyModule, AccountsModule, PublishingModule],
  providers: [BrandChanges],
  controllers: [BrandsController, AccountBrandController],
})
export class BrandsApiModule {}
