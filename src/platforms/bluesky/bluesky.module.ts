import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { BlueskyClient } from './bluesky.client.js';
import { BlueskyConnector } from './bluesky.connector.js';
import { BlueskyHosts } from './bluesky.hosts.js';
import { BlueskyLookup } from './bluesky.lookup.js';
import { BlueskyPublisher } from './bluesky.publisher.js';
import { BlueskyQuotes } from './bluesky.quotes.js';
import { BlueskyUploads } from './bluesky.uploads.js';

@Module({
  imports: [ClockModule, HttpModule],
  providers: [
    BlueskyHosts,
    BlueskyClient,
    BlueskyUploads,
    BlueskyQuotes,
    BlueskyLookup,
    BlueskyPublisher,
    BlueskyConnector,
  ],
})
export class BlueskyModule {}
