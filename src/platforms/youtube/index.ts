export { youtubeConfigSpec } from './youtube.config.js';
export { youtubeDescriptor } from './youtube.descriptor.js';
export { YoutubeModule } from './youtube.module.js';
