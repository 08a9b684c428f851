import type { PlatformConfigSpec } from '../../common/config/index.js';

/** Hosts, each to be replaced by PLATFORM_X_<LABEL>_URL; the app is PLATFORM_X_CLIENT_ID and _CLIENT_SECRET. */
export const xConfigSpec: PlatformConfigSpec = {
  key: 'x',
  hosts: [
    { label: 'API', defaultUrl: 'https://api.x.com' },
    { label: 'AUTH', defaultUrl: 'https://x.com' },
  ],
  credentials: true,
  // X dates no versions: the number is that of its answers' header `api-version`. From 2.167 on fields are asked for as `post.fields`.
  apiVersion: '2',
};
