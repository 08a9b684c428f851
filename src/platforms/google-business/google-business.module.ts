import { Module } from '@nestjs/common';
import { HttpModule } from '../../common/http/index.js';
import { OAuthModule } from '../core/index.js';
import { GoogleBusinessApi } from './google-business.api.js';
import { GoogleBusinessClient } from './google-business.client.js';
import { GoogleBusinessConnector } from './google-business.connector.js';
import { GoogleBusinessDirectory } from './google-business.directory.js';
import { GoogleBusinessLookup } from './google-business.lookup.js';
import { GoogleBusinessPublisher } from './google-business.publisher.js';

@Module({
  imports: [HttpModule, OAuthModule],
  providers: [
    GoogleBusinessApi,
    GoogleBusinessClient,
    GoogleBusinessDirectory,
    GoogleBusinessLookup,
    GoogleBusinessConnector,
    GoogleBusinessPublisher,
  ],
})
export class GoogleBusinessModule {}
