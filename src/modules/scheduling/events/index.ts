export { OccurrenceCanceled, type OccurrenceCanceledData } from './occurrence-canceled.event.js';
export { OccurrenceDue, type OccurrenceDueData } from './occurrence-due.event.js';
export { OccurrencePlanned, type OccurrencePlannedData } from './occurrence-planned.event.js';
