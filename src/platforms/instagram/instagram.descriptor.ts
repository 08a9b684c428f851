import type { PlatformDescriptor } from '../core/index.js';
import { instagramCapabilities } from './instagram.capabilities.js';
import { instagramErrors } from './instagram.errors.js';
import { instagramSettings } from './instagram.settings.js';

export const instagramDescriptor: PlatformDescriptor = {
  key: 'instagram',
  name: 'Instagram',
  capabilities: instagramCapabilities,
  settings: instagramSettings,
  errors: instagramErrors,
};
