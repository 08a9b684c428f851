import type { PlatformConfigSpec } from '../../common/config/index.js';
import { googleHosts } from '../families/google/index.js';

/**
 * Hosts, each to be replaced by PLATFORM_GOOGLE_BUSINESS_<LABEL>_URL; the app is PLATFORM_GOOGLE_BUSINESS_CLIENT_ID and
 * _CLIENT_SECRET. Posts live in version 4 at the host API only, everything else in version 1 at hosts of its own. PERFORMANCE has
 * figures of whole locations; of a post Google gives none.
 */
export const googleBusinessConfigSpec: PlatformConfigSpec = {
  key: 'google-business',
  hosts: [
    { label: 'API', defaultUrl: 'https://mybusiness.googleapis.com' },
    { label: 'ACCOUNTS', defaultUrl: 'https://mybusinessaccountmanagement.googleapis.com' },
    { label: 'INFORMATION', defaultUrl: 'https://mybusinessbusinessinformation.googleapis.com' },
    { label: 'PERFORMANCE', defaultUrl: 'https://businessprofileperformance.googleapis.com' },
    ...googleHosts,
  ],
  apiVersion: 'v4',
  credentials: true,
};
