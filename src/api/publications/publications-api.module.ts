import { Module } from '@nestjs/common';
import { AccountsModule } from '../../modules/accounts/index.js';
import { PublishingModule } from '../../modules/publishing/index.js';
import { PublicationResolution } from './publication.resolution.js';
import { PublicationsController } from './publications.controller.js';
import { PublicationsQueries } from './publications.queries.js';

/** The HTTP edge of publications. */
@Module({
  imports: [AccountsModule, PublishingModule],
  providers: [PublicationsQueries, PublicationResolution],
  controllers: [PublicationsController],
})
export class PublicationsApiModule {}
