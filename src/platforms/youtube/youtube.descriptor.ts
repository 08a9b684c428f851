import type { PlatformDescriptor } from '../core/index.js';
import { youtubeCapabilities } from './youtube.capabilities.js';
import { youtubeErrors } from './youtube.errors.js';
import { youtubeSettings } from './youtube.settings.js';

export const youtubeDescriptor: PlatformDescriptor = {
  key: 'youtube',
  name: 'YouTube',
  capabilities: youtubeCapabilities,
  settings: youtubeSettings,
  errors: youtubeErrors,
};
