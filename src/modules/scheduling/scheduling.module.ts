import { Module } from '@nestjs/common';
import { ContentModule } from '../content/index.js';
import { Handover } from './handover.js';
import { OccurrenceListeners } from './occurrence.listeners.js';
import { OccurrenceSweep } from './occurrence.sweep.js';
import { OccurrencesRepository } from './occurrences.repository.js';
import { SchedulingService } from './scheduling.service.js';
import { SweepRunner } from './sweep.runner.js';

/** When: dates of posts, and handing them over in time. The cron needs `ScheduleModule.forRoot()` in the application. */
@Module({
  imports: [ContentModule],
  providers: [
    OccurrencesRepository,
    Handover,
    SchedulingService,
    OccurrenceListeners,
    OccurrenceSweep,
    SweepRunner,
  ],
  exports: [SchedulingService, OccurrenceSweep],
})
export class SchedulingModule {}
