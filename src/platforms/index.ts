import type { Type } from '@nestjs/common';
import type { PlatformConfigSpec } from '../common/config/index.js';
import { blueskyConfigSpec, BlueskyModule } from './bluesky/index.js';
import { emailConfigSpec, EmailModule } from './email/index.js';
import { mastodonConfigSpec, MastodonModule } from './mastodon/index.js';
import { telegramConfigSpec, TelegramModule } from './telegram/index.js';

/** Every platform that is built in. A new one is its folder, its simulator, and one line in each list. */
export const platformModules: readonly Type<object>[] = [
  BlueskyModule,
  MastodonModule,
  TelegramModule,
  EmailModule,
];

export const platformConfigSpecs: readonly PlatformConfigSpec[] = [
  blueskyConfigSpec,
  mastodonConfigSpec,
  telegramConfigSpec,
  emailConfigSpec,
];
