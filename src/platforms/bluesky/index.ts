export { blueskyConfigSpec } from './bluesky.config.js';
export { blueskyDescriptor } from './bluesky.descriptor.js';
export { BlueskyModule } from './bluesky.module.js';
