import type { PlatformDescriptor } from '../core/index.js';
import { blueskyCapabilities } from './bluesky.capabilities.js';
import { blueskyErrors } from './bluesky.errors.js';
import { blueskySettings } from './bluesky.settings.js';

export const blueskyDescriptor: PlatformDescriptor = {
  key: 'bluesky',
  name: 'Bluesky',
  capabilities: blueskyCapabilities,
  settings: blueskySettings,
  errors: blueskyErrors,
};
