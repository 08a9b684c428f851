import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fleet } from './fleet.js';

/** Milliseconds; against hanging only. */
const atMost = 30 * 60_000;

let fleet: Fleet;

beforeAll(async () => {
  fleet = await Fleet.open(3);
});

afterAll(() => fleet.close());

describe('a simulated schedule', () => {
  it(
    'is the same, step by step, whenever its seed is run, and keeps every promise',
    async () => {
      const first = await fleet.run({ from: 1, to: 24 });
      expect(first.broken.map(({ seed, broken }) => `seed ${seed}: ${broken?.message ?? ''}`)).toEqual([]);
      // Shared out otherwise, so that each seed comes after other ones, on another database.
      const again = await fleet.run({ from: 0, to: 24 });
      const { 0: _, ...same } = again.hashes;
      expect(Object.keys(same)).toHaveLength(24);
      expect(same).toEqual(first.hashes);
    },
    atMost,
  );
});

describe('the simulation notices the planted bug', () => {
  it.each([
    ['numbered-when-written', '11'],
    ['open-commit-sent-again', '3'],
  ] as const)(
    '%s',
    async (plant, invariant) => {
      const { broken } = await fleet.run({ from: 1, to: 100, plant, untilBroken: true });
      expect(broken.map((result) => result.broken?.invariant)).toContain(invariant);
    },
    atMost,
  );
});
