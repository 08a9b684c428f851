import type { PlatformDescriptor } from '../core/index.js';
import { tiktokCapabilities } from './tiktok.capabilities.js';
import { tiktokErrors } from './tiktok.errors.js';
import { tiktokSettings } from './tiktok.settings.js';

export const tiktokDescriptor: PlatformDescriptor = {
  key: 'tiktok',
  name: 'TikTok',
  capabilities: tiktokCapabilities,
  settings: tiktokSettings,
  errors: tiktokErrors,
};
