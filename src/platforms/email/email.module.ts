import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { EmailClient } from './email.client.js';
import { EmailConnector } from './email.connector.js';
import { EmailPublisher } from './email.publisher.js';

@Module({
  imports: [ClockModule, HttpModule],
  providers: [EmailClient, EmailConnector, EmailPublisher],
})
export class EmailModule {}
