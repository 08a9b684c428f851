export { xConfigSpec } from './x.config.js';
export { xDescriptor } from './x.descriptor.js';
export { XModule } from './x.module.js';
