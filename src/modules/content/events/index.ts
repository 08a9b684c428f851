export { PostCanceled, type PostCanceledData } from './post-canceled.event.js';
export { PostChanged, type PostChangedData } from './post-changed.event.js';
export { PostDeleted, type PostDeletedData } from './post-deleted.event.js';
export { PostScheduled, type PostScheduledData } from './post-scheduled.event.js';
