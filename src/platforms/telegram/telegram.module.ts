import { Module } from '@nestjs/common';
import { HttpModule } from '../../common/http/index.js';
import { TelegramClient } from './telegram.client.js';
import { TelegramConnector } from './telegram.connector.js';
import { TelegramPublisher } from './telegram.publisher.js';

@Module({
  imports: [HttpModule],
  providers: [TelegramClient, TelegramConnector, TelegramPublisher],
})
export class TelegramModule {}
