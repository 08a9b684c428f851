import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { OAuthModule } from '../core/index.js';
import { XClient } from './x.client.js';
import { XConnector } from './x.connector.js';
import { XLookup } from './x.lookup.js';
import { XPublisher } from './x.publisher.js';
import { XUploads } from './x.uploads.js';

@Module({
  imports: [ClockModule, HttpModule, OAuthModule],
  providers: [XClient, XUploads, XLookup, XConnector, XPublisher],
})
export class XModule {}
