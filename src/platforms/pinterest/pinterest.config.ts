import type { PlatformConfigSpec } from '../../common/config/index.js';

/** Hosts, each to be replaced by PLATFORM_PINTEREST_<LABEL>_URL; the app is PLATFORM_PINTEREST_CLIENT_ID and _CLIENT_SECRET. */
export const pinterestConfigSpec: PlatformConfigSpec = {
  key: 'pinterest',
  hosts: [
    // An app with Trial access writes to https://api-sandbox.pinterest.com only.
    { label: 'API', defaultUrl: 'https://api.pinterest.com' },
    { label: 'AUTH', defaultUrl: 'https://www.pinterest.com' },
  ],
  credentials: true,
  apiVersion: 'v5',
};
