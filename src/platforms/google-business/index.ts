export { googleBusinessConfigSpec } from './google-business.config.js';
export { googleBusinessDescriptor } from './google-business.descriptor.js';
export { GoogleBusinessModule } from './google-business.module.js';
