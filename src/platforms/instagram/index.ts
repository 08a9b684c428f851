export { instagramConfigSpec } from './instagram.config.js';
export { instagramDescriptor } from './instagram.descriptor.js';
export { InstagramModule } from './instagram.module.js';
