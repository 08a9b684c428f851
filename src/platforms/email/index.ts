export { emailConfigSpec } from './email.config.js';
export { emailDescriptor } from './email.descriptor.js';
export { EmailModule } from './email.module.js';
