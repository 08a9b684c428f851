import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { MastodonClient } from './mastodon.client.js';
import { MastodonConnector } from './mastodon.connector.js';
import { MastodonLookup } from './mastodon.lookup.js';
import { MastodonPublisher } from './mastodon.publisher.js';

@Module({
  imports: [ClockModule, HttpModule],
  providers: [MastodonClient, MastodonLookup, MastodonPublisher, MastodonConnector],
})
export class MastodonModule {}
