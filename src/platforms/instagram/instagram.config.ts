import type { PlatformConfigSpec } from '../../common/config/index.js';

/**
 * Hosts, each to be replaced by PLATFORM_INSTAGRAM_<LABEL>_URL. API, TOKEN and AUTH belong to the Instagram Login, GRAPH and DIALOG
 * to the Facebook Login, UPLOAD to both. Each login has an app of its own.
 */
export const instagramConfigSpec: PlatformConfigSpec = {
  key: 'instagram',
  hosts: [
    { label: 'API', defaultUrl: 'https://graph.instagram.com' },
    { label: 'TOKEN', defaultUrl: 'https://api.instagram.com' },
    { label: 'AUTH', defaultUrl: 'https://www.instagram.com' },
    { label: 'GRAPH', defaultUrl: 'https://graph.facebook.com' },
    { label: 'DIALOG', defaultUrl: 'https://www.facebook.com' },
    { label: 'UPLOAD', defaultUrl: 'https://rupload.facebook.com' },
  ],
  credentials: true,
  appFields: [
    {
      name: 'facebookClientId',
      doc: 'The app of the Facebook Login; without it, CLIENT_ID is used for both logins.',
      secret: false,
    },
    { name: 'facebookClientSecret', doc: 'The secret of that app.', secret: true },
  ],
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
