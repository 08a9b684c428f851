import { applyDecorators } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import type { DeliveredEvent, DomainEventClass } from './domain-event.js';

export interface DeclaredListener {
  /** Stable over releases: rows in the database carry it. `publishing.make-plan`. */
  readonly name: string;
  readonly type: string;
}

const declared = new Map<string, DeclaredListener>();
const owners = new Map<string, string>();

/** Every listener in the program text, whether this process runs it or not. */
export function declaredListeners(): readonly DeclaredListener[] {
  return [...declared.values()];
}

/** The emitter's channel of one listener: each is called by itself, so that one failure does not stop its siblings. */
export function channelOf(listener: DeclaredListener): string {
  return `${listener.type}|${listener.name}`;
}

function declare(listener: DeclaredListener, owner: string): DeclaredListener {
  const { name, type } = listener;
  const other = owners.get(name);
  if (other !== undefined && (other !== owner || declared.get(name)?.type !== type)) {
    throw new Error(`${owner} takes the listener name "${name}", which ${other} has.`);
  }
  owners.set(name, owner);
  declared.set(name, listener);
  return listener;
}

/**
 * Marks an idempotent listener of a domain event. It runs in a unit of work of the event's workspace; what it writes is
 * committed together with the delivery. It reads the current row rather than trusting the event's data.
 */
export function OnDomainEvent<D extends object>(event: DomainEventClass<D>, name: string) {
  return (
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<(delivered: DeliveredEvent<D>) => Promise<void>>,
  ): void => {
    const listener = declare({ name, type: event.type }, `${target.constructor.name}.${key}`);
    applyDecorators(OnEvent(channelOf(listener), { suppressErrors: false }))(target, key, descriptor);
  };
}
