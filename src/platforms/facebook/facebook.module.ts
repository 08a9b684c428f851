import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { GraphOAuthClient } from '../families/meta/index.js';
import { FacebookClient } from './facebook.client.js';
import { FacebookConnector } from './facebook.connector.js';
import { FacebookGraph } from './facebook.graph.js';
import { FacebookLookup } from './facebook.lookup.js';
import { FacebookPublisher } from './facebook.publisher.js';
import { FacebookUploads } from './facebook.uploads.js';
import { FacebookVideos } from './facebook.videos.js';

@Module({
  imports: [ClockModule, HttpModule],
  providers: [
    FacebookGraph,
    FacebookClient,
    FacebookVideos,
    FacebookUploads,
    FacebookLookup,
    GraphOAuthClient,
    FacebookConnector,
    FacebookPublisher,
  ],
})
export class FacebookModule {}
