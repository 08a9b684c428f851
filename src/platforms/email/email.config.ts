import type { PlatformConfigSpec } from '../../common/config/index.js';

/** The server belongs to the account, so there is no host to configure. */
export const emailConfigSpec: PlatformConfigSpec = { key: 'email', hosts: [] };
