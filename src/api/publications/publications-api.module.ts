import { Module } from '@nestjs/common';
import { AccountsModule } from '../../modules/accounts/index.js';
import { PublishingModule } from '../../modules/publishing/index.js';
import { PublicationRetrial } from './publication.retrial.js';
import { PublicationRetryController } from './publication-retry.controller.js';
import { PublicationResolution } from './publication.resolution.js';
import { PublishedController } from './published.controller.js';
import { PublicationsController } from './publications.controller.js';
import { PublicationsQueries } from './publications.queries.js';

/** The HTTP edge of publications. */
@Module({
  imports: [AccountsModule, PublishingModule],
  providers: [PublicationsQueries, PublicationResolution, PublicationRetrial],
  controllers: [PublicationRetryController, PublishedController, PublicationsController],
})
export class PublicationsApiModule {}
