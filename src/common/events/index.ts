import { DeadLetterEntity } from './entities/dead-letter.entity.js';
import { DeliveryEntity } from './entities/delivery.entity.js';
import { EventCounterEntity } from './entities/event-counter.entity.js';
import { OutboxEntity } from './entities/outbox.entity.js';

export { DeadLetterRepository, type NewDeadLetter } from './dead-letter.repository.js';
export type { DeadLetterEntity } from './entities/dead-letter.entity.js';
export { DomainEvent, type DeliveredEvent, type DomainEventClass } from './domain-event.js';
export { EventRecorder } from './event.recorder.js';
export { EventRelay } from './event.relay.js';
export { EventsModule, type EventsOptions } from './events.module.js';
export { OnDomainEvent } from './listener.decorator.js';

export const eventEntities = [OutboxEntity, DeliveryEntity, EventCounterEntity, DeadLetterEntity];
