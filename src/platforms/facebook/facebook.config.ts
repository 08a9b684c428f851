import type { PlatformConfigSpec } from '../../common/config/index.js';

/** Hosts, each to be replaced by PLATFORM_FACEBOOK_<LABEL>_URL; the app is PLATFORM_FACEBOOK_CLIENT_ID and _CLIENT_SECRET. */
export const facebookConfigSpec: PlatformConfigSpec = {
  key: 'facebook',
  hosts: [
    { label: 'API', defaultUrl: 'https://graph.facebook.com' },
    { label: 'VIDEO', defaultUrl: 'https://graph-video.facebook.com' },
    { label: 'RUPLOAD', defaultUrl: 'https://rupload.facebook.com' },
    { label: 'AUTH', defaultUrl: 'https://www.facebook.com' },
  ],
  credentials: true,
  apiVersion: 'v26.0',
  sunsets: {
    'v20.0': '2026-09-24',
    'v21.0': '2027-01-21',
    'v22.0': '2027-05-20',
    'v23.0': '2027-10-08',
    'v24.0': '2028-02-18',
    'v25.0': '2028-07-29',
  },
};
