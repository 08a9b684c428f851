import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { GraphOAuthClient } from '../families/meta/index.js';
import { InstagramAccounts } from './instagram.accounts.js';
import { InstagramClient } from './instagram.client.js';
import { InstagramConnector } from './instagram.connector.js';
import { InstagramContainers } from './instagram.containers.js';
import { InstagramGraph } from './instagram.graph.js';
import { InstagramLookup } from './instagram.lookup.js';
import { InstagramOAuthClient } from './instagram.oauth.js';
import { InstagramPublisher } from './instagram.publisher.js';

@Module({
  imports: [ClockModule, HttpModule],
  providers: [
    InstagramGraph,
    InstagramClient,
    InstagramAccounts,
    InstagramContainers,
    InstagramLookup,
    GraphOAuthClient,
    InstagramOAuthClient,
    InstagramConnector,
    InstagramPublisher,
  ],
})
export class InstagramModule {}
