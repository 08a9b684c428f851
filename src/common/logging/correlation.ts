import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string>();

/** Everything that `fn` starts logs with this id: the id of a request, a job, an event. */
export function runWithCorrelation<T>(id: string, fn: () => T): T {
  return storage.run(id, fn);
}

/** The id of the work under way, if it has one. */
export function correlationId(): string | undefined {
  return storage.getStore();
}
