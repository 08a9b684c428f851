import type { PlatformConfigSpec } from '../../common/config/index.js';

/** Hosts, each to be replaced by PLATFORM_TUMBLR_<LABEL>_URL; the app is PLATFORM_TUMBLR_CLIENT_ID and _CLIENT_SECRET. */
export const tumblrConfigSpec: PlatformConfigSpec = {
  key: 'tumblr',
  hosts: [
    { label: 'API', defaultUrl: 'https://api.tumblr.com' },
    { label: 'AUTH', defaultUrl: 'https://www.tumblr.com' },
  ],
  credentials: true,
  apiVersion: 'v2',
};
