import { Module } from '@nestjs/common';
import { HttpModule } from '../../common/http/index.js';
import { OAuthModule } from '../core/index.js';
import { PinterestClient } from './pinterest.client.js';
import { PinterestConnector } from './pinterest.connector.js';
import { PinterestLookup } from './pinterest.lookup.js';
import { PinterestPublisher } from './pinterest.publisher.js';
import { PinterestVideos } from './pinterest.videos.js';

@Module({
  imports: [HttpModule, OAuthModule],
  providers: [PinterestClient, PinterestVideos, PinterestLookup, PinterestConnector, PinterestPublisher],
})
export class PinterestModule {}
