import type { PlatformDescriptor } from '../core/index.js';
import { linkedinCapabilities } from './linkedin.capabilities.js';
import { linkedinErrors } from './linkedin.errors.js';
import { linkedinSettings } from './linkedin.settings.js';

export const linkedinDescriptor: PlatformDescriptor = {
  key: 'linkedin',
  name: 'LinkedIn',
  capabilities: linkedinCapabilities,
  settings: linkedinSettings,
  errors: linkedinErrors,
};
