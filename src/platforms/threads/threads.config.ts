import type { PlatformConfigSpec } from '../../common/config/index.js';

/** Hosts, each to be replaced by PLATFORM_THREADS_<LABEL>_URL; the app is PLATFORM_THREADS_CLIENT_ID and _CLIENT_SECRET. */
export const threadsConfigSpec: PlatformConfigSpec = {
  key: 'threads',
  hosts: [
    { label: 'API', defaultUrl: 'https://graph.threads.net' },
    { label: 'AUTH', defaultUrl: 'https://threads.net' },
  ],
  apiVersion: 'v1.0',
  credentials: true,
};
