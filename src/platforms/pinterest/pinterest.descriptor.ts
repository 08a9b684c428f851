import type { PlatformDescriptor } from '../core/index.js';
import { pinterestCapabilities } from './pinterest.capabilities.js';
import { pinterestErrors } from './pinterest.errors.js';
import { pinterestSettings } from './pinterest.settings.js';

export const pinterestDescriptor: PlatformDescriptor = {
  key: 'pinterest',
  name: 'Pinterest',
  capabilities: pinterestCapabilities,
  settings: pinterestSettings,
  errors: pinterestErrors,
};
