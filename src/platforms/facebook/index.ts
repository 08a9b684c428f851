export { facebookConfigSpec } from './facebook.config.js';
export { facebookDescriptor } from './facebook.descriptor.js';
export { FacebookModule } from './facebook.module.js';
