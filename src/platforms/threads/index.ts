export { threadsConfigSpec } from './threads.config.js';
export { threadsDescriptor } from './threads.descriptor.js';
export { ThreadsModule } from './threads.module.js';
