import type { PlatformConfigSpec } from '../../common/config/index.js';

/** Where the Bot API is. A self-hosted Bot API server, a proxy or the sandbox stands in by PLATFORM_TELEGRAM_API_URL. */
export const telegramConfigSpec: PlatformConfigSpec = {
  key: 'telegram',
  hosts: [{ label: 'API', defaultUrl: 'https://api.telegram.org' }],
};
