import { Module } from '@nestjs/common';
import { ClockModule } from '../../../common/clock/index.js';
import { HttpModule } from '../../../common/http/index.js';
import { OAuthClient } from './oauth.client.js';

/** Imported by the module of each platform that has OAuth2. */
@Module({ imports: [ClockModule, HttpModule], providers: [OAuthClient], exports: [OAuthClient] })
export class OAuthModule {}
