import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { OAuthModule } from '../core/index.js';
import { TumblrClient } from './tumblr.client.js';
import { TumblrConnector } from './tumblr.connector.js';
import { TumblrLookup } from './tumblr.lookup.js';
import { TumblrPublisher } from './tumblr.publisher.js';

@Module({
  imports: [ClockModule, HttpModule, OAuthModule],
  providers: [TumblrClient, TumblrConnector, TumblrLookup, TumblrPublisher],
})
export class TumblrModule {}
