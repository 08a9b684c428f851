import type { PlatformDescriptor } from '../core/index.js';
import { emailCapabilities } from './email.capabilities.js';
import { emailErrors } from './email.errors.js';
import { emailSettings } from './email.settings.js';

export const emailDescriptor: PlatformDescriptor = {
  key: 'email',
  name: 'Email',
  capabilities: emailCapabilities,
  settings: emailSettings,
  errors: emailErrors,
};
