import { Module, type DynamicModule } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { DeadLetterRepository } from './dead-letter.repository.js';
import { EventRecorder } from './event.recorder.js';
import { EventRelay } from './event.relay.js';
import { OutboxRepository } from './outbox.repository.js';
import { RelayRunner } from './relay.runner.js';

export interface EventsOptions {
  /** False in tests that drain the relay by hand. */
  readonly running: boolean;
}

/** The bus: an outbox, a relay that numbers and delivers, listeners over @nestjs/event-emitter. */
@Module({})
export class EventsModule {
  static forRoot({ running }: EventsOptions): DynamicModule {
    return {
      module: EventsModule,
      global: true,
      imports: [EventEmitterModule.forRoot({ wildcard: false, maxListeners: 1, verboseMemoryLeak: true })],
      providers: [
        OutboxRepository,
        DeadLetterRepository,
        EventRelay,
        EventRecorder,
        ...(running ? [RelayRunner] : []),
      ],
      exports: [EventRecorder, EventRelay, DeadLetterRepository],
    };
  }
}
