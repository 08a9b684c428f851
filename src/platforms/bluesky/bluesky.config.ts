import type { PlatformConfigSpec } from '../../common/config/index.js';

/** Where accounts live whose owners name no server of their own. */
export const defaultService = 'https://bsky.social';

export const blueskyConfigSpec: PlatformConfigSpec = {
  key: 'bluesky',
  hosts: [
    { label: 'API', defaultUrl: defaultService },
    { label: 'APPVIEW', defaultUrl: 'https://public.api.bsky.app' },
    { label: 'VIDEO', defaultUrl: 'https://video.bsky.app' },
    { label: 'PLC', defaultUrl: 'https://plc.directory' },
  ],
  credentials: false,
};
