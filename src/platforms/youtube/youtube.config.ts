import type { PlatformConfigSpec } from '../../common/config/index.js';
import { googleHosts } from '../families/google/index.js';

/** Hosts, each to be replaced by PLATFORM_YOUTUBE_<LABEL>_URL; the app is PLATFORM_YOUTUBE_CLIENT_ID and _CLIENT_SECRET. */
export const youtubeConfigSpec: PlatformConfigSpec = {
  key: 'youtube',
  hosts: [
    { label: 'API', defaultUrl: 'https://www.googleapis.com' },
    { label: 'UPLOAD', defaultUrl: 'https://www.googleapis.com' },
    { label: 'ANALYTICS', defaultUrl: 'https://youtubeanalytics.googleapis.com' },
    ...googleHosts,
  ],
  credentials: true,
  // Google has announced no end of it.
  apiVersion: 'v3',
};
