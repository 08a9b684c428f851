export { mastodonConfigSpec } from './mastodon.config.js';
export { mastodonDescriptor } from './mastodon.descriptor.js';
export { MastodonModule } from './mastodon.module.js';
