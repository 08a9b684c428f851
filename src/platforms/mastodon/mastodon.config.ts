import type { PlatformConfigSpec } from '../../common/config/index.js';

/** Every instance is a host of its own and registers its own app, so there is nothing to configure. */
export const mastodonConfigSpec: PlatformConfigSpec = { key: 'mastodon', hosts: [], credentials: false };
