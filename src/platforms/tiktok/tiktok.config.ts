import type { PlatformConfigSpec } from '../../common/config/index.js';

/** Hosts, each to be replaced by PLATFORM_TIKTOK_<LABEL>_URL; the app is PLATFORM_TIKTOK_CLIENT_ID (the client key) and _CLIENT_SECRET. */
export const tiktokConfigSpec: PlatformConfigSpec = {
  key: 'tiktok',
  hosts: [
    { label: 'API', defaultUrl: 'https://open.tiktokapis.com' },
    { label: 'AUTH', defaultUrl: 'https://www.tiktok.com' },
  ],
  credentials: true,
};
