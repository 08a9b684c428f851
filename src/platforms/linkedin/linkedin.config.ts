import type { PlatformConfigSpec } from '../../common/config/index.js';

/**
 * Hosts, each to be replaced by PLATFORM_LINKEDIN_<LABEL>_URL; the app is PLATFORM_LINKEDIN_CLIENT_ID and _CLIENT_SECRET. A version
 * appears every month and lives for a year at least.
 */
export const linkedinConfigSpec: PlatformConfigSpec = {
  key: 'linkedin',
  hosts: [
    { label: 'API', defaultUrl: 'https://api.linkedin.com' },
    { label: 'AUTH', defaultUrl: 'https://www.linkedin.com' },
  ],
  credentials: true,
  apiVersion: '202609',
  sunsets: {
    '202510': '2026-10-15',
    '202511': '2026-11-16',
    '202601': '2027-01-15',
    '202603': '2027-03-16',
    '202609': '2027-09-15',
  },
};
