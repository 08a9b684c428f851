export { linkedinConfigSpec } from './linkedin.config.js';
export { linkedinDescriptor } from './linkedin.descriptor.js';
export { LinkedinModule } from './linkedin.module.js';
