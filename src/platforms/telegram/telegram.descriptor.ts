import type { PlatformDescriptor } from '../core/index.js';
import { telegramCapabilities } from './telegram.capabilities.js';
import { telegramErrors } from './telegram.errors.js';
import { telegramSettings } from './telegram.settings.js';

export const telegramDescriptor: PlatformDescriptor = {
  key: 'telegram',
  name: 'Telegram',
  capabilities: telegramCapabilities,
  settings: telegramSettings,
  errors: telegramErrors,
};
