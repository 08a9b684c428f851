import { Module } from '@nestjs/common';
import { AccountsModule } from '../../modules/accounts/index.js';
import { PublishingModule } from '../../modules/publishing/index.js';
import { PlatformsCoreModule } from '../../platforms/core/index.js';
import { AppCredentialsController } from './app-credentials.controller.js';
import { PlatformCatalogue } from './platform.catalogue.js';
import { PlatformsController } from './platforms.controller.js';

/** The HTTP edge of the platform catalogue. */
@Module({
  imports: [AccountsModule, PublishingModule, PlatformsCoreModule],
  providers: [PlatformCatalogue],
  controllers: [PlatformsController, AppCredentialsController],
})
export class PlatformsApiModule {}
