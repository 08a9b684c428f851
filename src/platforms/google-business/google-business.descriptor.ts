import type { PlatformDescriptor } from '../core/index.js';
import { googleBusinessCapabilities } from './google-business.capabilities.js';
import { googleBusinessErrors } from './google-business.errors.js';
import { googleBusinessSettings } from './google-business.settings.js';

export const googleBusinessDescriptor: PlatformDescriptor = {
  key: 'google-business',
  name: 'Google Business Profile',
  capabilities: googleBusinessCapabilities,
  settings: googleBusinessSettings,
  errors: googleBusinessErrors,
};
