import type { PlatformDescriptor } from '../core/index.js';
import { facebookCapabilities } from './facebook.capabilities.js';
import { facebookErrors } from './facebook.errors.js';
import { facebookSettings } from './facebook.settings.js';

export const facebookDescriptor: PlatformDescriptor = {
  key: 'facebook',
  name: 'Facebook Pages',
  capabilities: facebookCapabilities,
  settings: facebookSettings,
  errors: facebookErrors,
};
