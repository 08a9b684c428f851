import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { OAuthModule } from '../core/index.js';
import { ThreadsClient } from './threads.client.js';
import { ThreadsConnector } from './threads.connector.js';
import { ThreadsContainers } from './threads.containers.js';
import { ThreadsLookup } from './threads.lookup.js';
import { ThreadsPublisher } from './threads.publisher.js';

@Module({
  imports: [ClockModule, HttpModule, OAuthModule],
  providers: [ThreadsClient, ThreadsContainers, ThreadsLookup, ThreadsPublisher, ThreadsConnector],
})
export class ThreadsModule {}
