export { JobDispatcher, JobWiringError } from './job.dispatcher.js';
export { type AddJobOptions, assertJobId, defineJob, type JobDefinition, JobQueue } from './job.js';
export { ManualJobQueue, type QueuedJob } from './manual.queue.js';
export { ProcessesJob } from './processor.decorator.js';
export { QueueModule, type QueueOptions } from './queue.module.js';
