import { Bench, type Connected } from '../support/contract/bench.js';
import { HeldCall } from '../support/contract/held-call.js';
import type { Draft } from '../support/contract/profile.js';
import { profiles } from '../support/contract/profiles/index.js';

/** One post to every platform that is built in: all of them hold an open request at the same time. */
describe('one post to all platforms', () => {
  const benches = new Map<string, Bench>();

  beforeAll(async () => {
    let first: Bench | null = null;
    for (const [key, profile] of Object.entries(profiles)) {
      const bench: Bench = first === null ? await Bench.start(key, profile) : first.beside(key, profile);
      first ??= bench;
      await bench.beginTest();
      benches.set(key, bench);
    }
  });
  afterAll(() => [...benches.values()][0]?.stop());

  it('goes out to them side by side', async () => {
    const targets: { account: Connected; draft: Draft }[] = [];
    const held: HeldCall[] = [];
    for (const bench of benches.values()) {
      const account = await bench.connect();
      targets.push({ account, draft: bench.plain('Everywhere at once') });
      held.push(bench.hold('before'));
    }
    const [any] = benches.values();
    if (any === undefined) throw new Error('no platform is built in');
    const postId = await any.postTo(targets);
    const running = any.rest();
    try {
      await Promise.all(held.map((call) => call.reached()));
    } finally {
      for (const call of held) call.release();
      await running;
    }
    const { publications } = await any.engine.plan(postId);
    expect(publications.map(({ platform, status }) => `${platform} ${status}`).sort()).toEqual(
      [...benches.keys()].map((key) => `${key} published`).sort(),
    );
  });
});
