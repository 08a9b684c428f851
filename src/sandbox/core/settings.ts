import type { JsonObject } from './json.js';
import { InvalidInput } from './simulator.js';

/** The settings of a simulator after a change; an unknown name or another type is refused. */
export function changeSettings<T extends object>(platform: string, current: T, changes: JsonObject): T {
  const next: Record<string, unknown> = Object.fromEntries(Object.entries(current));
  for (const [key, value] of Object.entries(changes)) {
    if (!(key in next)) throw new InvalidInput(`${platform} has no setting ${key}`);
    if (typeof next[key] !== typeof value) throw new InvalidInput(`${platform}: ${key} has the wrong type`);
    next[key] = value;
  }
  return { ...current, ...next };
}
