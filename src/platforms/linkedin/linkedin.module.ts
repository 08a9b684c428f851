import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { OAuthModule } from '../core/index.js';
import { LinkedinApi } from './linkedin.api.js';
import { LinkedinAssets } from './linkedin.assets.js';
import { LinkedinClient } from './linkedin.client.js';
import { LinkedinConnector } from './linkedin.connector.js';
import { LinkedinDirectory } from './linkedin.directory.js';
import { LinkedinLookup } from './linkedin.lookup.js';
import { LinkedinPublisher } from './linkedin.publisher.js';
import { LinkedinUploader } from './linkedin.uploader.js';

@Module({
  imports: [ClockModule, HttpModule, OAuthModule],
  providers: [
    LinkedinApi,
    LinkedinAssets,
    LinkedinClient,
    LinkedinConnector,
    LinkedinDirectory,
    LinkedinLookup,
    LinkedinPublisher,
    LinkedinUploader,
  ],
})
export class LinkedinModule {}
