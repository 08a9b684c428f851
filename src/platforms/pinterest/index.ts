export { pinterestConfigSpec } from './pinterest.config.js';
export { pinterestDescriptor } from './pinterest.descriptor.js';
export { PinterestModule } from './pinterest.module.js';
