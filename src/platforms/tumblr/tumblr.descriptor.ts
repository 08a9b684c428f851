import type { PlatformDescriptor } from '../core/index.js';
import { tumblrCapabilities } from './tumblr.capabilities.js';
import { tumblrErrors } from './tumblr.errors.js';
import { tumblrSettings } from './tumblr.settings.js';

export const tumblrDescriptor: PlatformDescriptor = {
  key: 'tumblr',
  name: 'Tumblr',
  capabilities: tumblrCapabilities,
  settings: tumblrSettings,
  errors: tumblrErrors,
};
