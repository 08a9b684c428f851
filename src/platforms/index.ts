// Made by scripts/platform-files.mjs.
import type { Type } from '@nestjs/common';
import type { PlatformConfigSpec } from '../common/config/index.js';
import { blueskyConfigSpec, BlueskyModule } from './bluesky/index.js';
import { emailConfigSpec, EmailModule } from './email/index.js';
import { facebookConfigSpec, FacebookModule } from './facebook/index.js';
import { googleBusinessConfigSpec, GoogleBusinessModule } from './google-business/index.js';
import { instagramConfigSpec, InstagramModule } from './instagram/index.js';
import { linkedinConfigSpec, LinkedinModule } from './linkedin/index.js';
import { mastodonConfigSpec, MastodonModule } from './mastodon/index.js';
import { pinterestConfigSpec, PinterestModule } from './pinterest/index.js';
import { telegramConfigSpec, TelegramModule } from './telegram/index.js';
import { threadsConfigSpec, ThreadsModule } from './threads/index.js';
import { tiktokConfigSpec, TiktokModule } from './tiktok/index.js';
import { tumblrConfigSpec, TumblrModule } from './tumblr/index.js';
import { xConfigSpec, XModule } from './x/index.js';
import { youtubeConfigSpec, YoutubeModule } from './youtube/index.js';

/** Every platform that is built in. */
export const platformModules: readonly Type<object>[] = [
  BlueskyModule,
  EmailModule,
  FacebookModule,
  GoogleBusinessModule,
  InstagramModule,
  LinkedinModule,
  MastodonModule,
  PinterestModule,
  TelegramModule,
  ThreadsModule,
  TiktokModule,
  TumblrModule,
  XModule,
  YoutubeModule,
];

export const platformConfigSpecs: readonly PlatformConfigSpec[] = [
  blueskyConfigSpec,
  emailConfigSpec,
  facebookConfigSpec,
  googleBusinessConfigSpec,
  instagramConfigSpec,
  linkedinConfigSpec,
  mastodonConfigSpec,
  pinterestConfigSpec,
  telegramConfigSpec,
  threadsConfigSpec,
  tiktokConfigSpec,
  tumblrConfigSpec,
  xConfigSpec,
  youtubeConfigSpec,
];
