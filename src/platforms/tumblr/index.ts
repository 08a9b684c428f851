export { tumblrConfigSpec } from './tumblr.config.js';
export { tumblrDescriptor } from './tumblr.descriptor.js';
export { TumblrModule } from './tumblr.module.js';
