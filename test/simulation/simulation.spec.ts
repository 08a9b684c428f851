import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fleet } from './fleet.js';
import type { PlantName } from './plants.js';

/**
 * Which promises of protocol §11 each planted bug may be seen to break, and a seed that shows it. Where the engine has changed so
 * that this one does not any more, the seeds after it are tried.
 */
const planted: Readonly<Record<PlantName, readonly [seed: number, breaks: readonly string[]]>> = {
  'fence-without-token': [15, ['1', '4']],
  'fence-without-lease-end': [46, ['4']],
  'fence-without-hold': [332, ['13']],
  'send-window-ignored': [15, ['1', '2', '3']],
  'settling-without-lock': [463, ['7', '8']],
  'lock-and-read-in-one-statement': [20, ['7', '8']],
  'numbered-when-written': [11, ['11']],
  'absent-after-one-look': [374, ['1', '3']],
  'settling-delay-from-started': [43, ['1', '3']],
  'open-commit-sent-again': [1, ['1', '3']],
  'claim-of-a-live-lease': [11, ['4']],
};

/** Milliseconds; against hanging only. */
const atMost = 30 * 60_000;

let fleet: Fleet;

beforeAll(async () => {
  fleet = await Fleet.open(3);
});

afterAll(() => fleet.close());

describe('a simulated schedule', () => {
  it(
    'is the same, step by step, whenever its seed is run',
    async () => {
      const first = await fleet.run({ from: 1, to: 24 });
      // Shared out otherwise, so that each seed comes after other ones, on another database.
      const again = await fleet.run({ from: 0, to: 24 });
      const { 0: _, ...same } = again.hashes;
      expect(Object.keys(same)).toHaveLength(24);
      expect(same).toEqual(first.hashes);
    },
    atMost,
  );

  it(
    'keeps every promise, a thousand times',
    async () => {
      const { broken, hashes } = await fleet.run({ from: 1, to: 1000 });
      expect(broken.map((result) => `seed ${result.seed}: ${result.broken?.message ?? ''}`)).toEqual([]);
      expect(new Set(Object.values(hashes)).size).toBe(1000);
    },
    atMost,
  );
});

describe('the simulation notices the planted bug', () => {
  it.each(Object.entries(planted))(
    '%s',
    async (plant, [from, breaks]) => {
      const run = (seeds: { from: number; to: number }) =>
        fleet.run({ ...seeds, plant: plant as PlantName, untilBroken: true });
      let { broken } = await run({ from, to: from });
      if (broken.length === 0) ({ broken } = await run({ from: from + 1, to: from + 400 }));
      expect(broken.length).toBeGreaterThan(0);
      for (const { broken: how } of broken) expect(breaks).toContain(how?.invariant);
    },
    atMost,
  );
});
