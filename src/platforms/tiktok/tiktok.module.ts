import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { OAuthModule } from '../core/index.js';
import { TiktokClient } from './tiktok.client.js';
import { TiktokConnector } from './tiktok.connector.js';
import { TiktokLookup } from './tiktok.lookup.js';
import { TiktokPublisher } from './tiktok.publisher.js';
import { TiktokSender } from './tiktok.sender.js';

@Module({
  imports: [ClockModule, HttpModule, OAuthModule],
  providers: [TiktokClient, TiktokSender, TiktokLookup, TiktokConnector, TiktokPublisher],
})
export class TiktokModule {}
