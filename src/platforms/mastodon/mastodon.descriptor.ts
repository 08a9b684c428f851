import type { PlatformDescriptor } from '../core/index.js';
import { mastodonCapabilities } from './mastodon.capabilities.js';
import { mastodonErrors } from './mastodon.errors.js';
import { mastodonSettings } from './mastodon.settings.js';

export const mastodonDescriptor: PlatformDescriptor = {
  key: 'mastodon',
  name: 'Mastodon',
  capabilities: mastodonCapabilities,
  settings: mastodonSettings,
  errors: mastodonErrors,
};
