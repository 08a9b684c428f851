export { tiktokConfigSpec } from './tiktok.config.js';
export { tiktokDescriptor } from './tiktok.descriptor.js';
export { TiktokModule } from './tiktok.module.js';
