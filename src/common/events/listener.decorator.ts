import { applyDecorators } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import type { DeliveredEvent, DomainEventClass } from './domain-event.js';

export interface DeclaredListener {
  /** Stable over releases: rows in the database carry it. `publishing.make-plan`. */
  readonly name: string;
  readonly type: string;
}

const declared = new Map<string, DeclaredListener>();

/** Every listener in the program text, whether this process runs it or not. */
export function declaredListeners(): readonly DeclaredListener[] {
  return [...declared.values()];
}

/** The emitter's channel of one listener: each is called by itself, so that one failure does not stop its siblings. */
export function channelOf(listener: DeclaredListener): string {
  return `${listener.type}|${listener.name}`;
}

/**
 * Marks an idempotent listener of a domain event. It runs in a unit of work of the event's workspace; what it writes is
 * committed together with the delivery. It reads the current row rather than trusting the event's data.
 */
export function OnDomainEvent<D extends object>(event: DomainEventClass<D>, name: string) {
  const listener: DeclaredListener = { name, type: event.type };
  const known = declared.get(name);
  if (known !== undefined && known.type !== event.type) {
    throw new Error(`The listener name "${name}" is taken by a listener of ${known.type}.`);
  }
  declared.set(name, listener);
  return (
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<(delivered: DeliveredEvent<D>) => Promise<void>>,
  ): void => {
    applyDecorators(OnEvent(channelOf(listener), { suppressErrors: false }))(target, key, descriptor);
  };
}
