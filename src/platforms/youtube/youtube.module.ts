import { Module } from '@nestjs/common';
import { ClockModule } from '../../common/clock/index.js';
import { HttpModule } from '../../common/http/index.js';
import { OAuthModule } from '../core/index.js';
import { YoutubeApi } from './youtube.api.js';
import { YoutubeClient } from './youtube.client.js';
import { YoutubeConnector } from './youtube.connector.js';
import { YoutubeLookup } from './youtube.lookup.js';
import { YoutubePublisher } from './youtube.publisher.js';
import { YoutubeSessions } from './youtube.sessions.js';
import { YoutubeUploader } from './youtube.uploader.js';

@Module({
  imports: [ClockModule, HttpModule, OAuthModule],
  providers: [
    YoutubeApi,
    YoutubeClient,
    YoutubeConnector,
    YoutubeLookup,
    YoutubePublisher,
    YoutubeSessions,
    YoutubeUploader,
  ],
})
export class YoutubeModule {}
