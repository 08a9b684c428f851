import { OccurrenceEntity } from './entities/occurrence.entity.js';

export { OccurrenceSweep } from './occurrence.sweep.js';
export { SchedulingModule } from './scheduling.module.js';
export { SchedulingService } from './scheduling.service.js';
export { resolveTime, type TimeRequest, type TimeResolution, type TimeWarning } from './time.resolver.js';

export const schedulingEntities = [OccurrenceEntity];
