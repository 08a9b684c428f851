import type { PlatformDescriptor } from '../core/index.js';
import { threadsCapabilities } from './threads.capabilities.js';
import { threadsErrors } from './threads.errors.js';
import { threadsSettings } from './threads.settings.js';

export const threadsDescriptor: PlatformDescriptor = {
  key: 'threads',
  name: 'Threads',
  capabilities: threadsCapabilities,
  settings: threadsSettings,
  errors: threadsErrors,
};
