import { createHash } from 'node:crypto';

/** Where the simulation's ids come from: time of the asking process, then a counter, so that a seed makes the same ones. */
export interface IdSource {
  wallMs(): number;
  readonly salt: string;
}

let source: IdSource = { wallMs: () => Date.UTC(2026, 0, 1), salt: 'before' };
let made = 0;

export function useIds(next: IdSource): void {
  source = next;
  made = 0;
}

/** In the place of the uuid package's function of this name, for src/common/ids. */
export function v7(): string {
  made += 1;
  const time = Math.trunc(source.wallMs()).toString(16).padStart(12, '0');
  const counter = made.toString(16).padStart(6, '0');
  const rest = createHash('md5').update(`${source.salt}:${made}`).digest('hex');
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${counter.slice(0, 3)}`,
    `8${counter.slice(3)}`,
    rest.slice(0, 12),
  ].join('-');
}
