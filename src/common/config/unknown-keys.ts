import { type ConfigProblem } from './config.error.js';
import { type Env } from './env.reader.js';

const OURS = /^(FANFARE|PLATFORM)_/;
/** For test runs; the application reads none of them. */
const TESTS = /^FANFARE_TEST_/;

/** Variables that look like ours and that nobody reads: misspelt ones, mostly. */
export function unknownKeys(env: Env, known: readonly string[]): ConfigProblem[] {
  return Object.keys(env)
    .filter((key) => OURS.test(key) && !TESTS.test(key) && !known.includes(key))
    .sort()
    .map((key) => ({
      key,
      problem: 'is not a known variable',
      remedy: `Remove it; the nearest known one is ${nearest(key, known)}`,
    }));
}

function nearest(key: string, known: readonly string[]): string {
  const [best] = known
    .map((name) => ({ name, distance: distanceBetween(key, name) }))
    .sort((a, b) => a.distance - b.distance);
  return best?.name ?? 'none';
}

/** Levenshtein's: how many letters must change. */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.split('').entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split('').entries()) {
      const replace = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replace, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
