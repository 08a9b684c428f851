import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;

describe('a clock that jumps', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`clock${number}`);
    engine.server.calls = 0;
    engine.server.entries.length = 0;
  });

  /** The database's clock alone; what passes in the processes does not. */
  const jump = async (ms: number): Promise<void> => {
    await engine.rows('UPDATE fanfare.clock_offset SET milliseconds = milliseconds + $1', [ms]);
  };
  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };

  it.each([
    ['forward', 10 * minute],
    ['backward', -10 * minute],
  ])('%s holds what is due until the next look finds it steady', async (_, ms) => {
    await engine.sweep();
    await jump(ms);
    await engine.sweep();
    const postId = await engine.post({ accounts: [account], inMs: -30 * minute });
    await engine.settle();
    expect(await only(postId)).toMatchObject({
      status: 'retrying',
      waitingFor: { reason: 'clock_check' },
      attemptCount: 1,
    });
    expect(engine.server.calls).toBe(0);

    await engine.sweep();
    await engine.advance(6_000);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(engine.server.calls).toBe(1);
  });

  it('by less than a minute holds nothing', async () => {
    await engine.sweep();
    await jump(3_000);
    await engine.sweep();
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('is noticed by each process for itself: one that started since is not in doubt', async () => {
    await engine.sweep();
    await jump(10 * minute);
    await engine.sweep();
    const other = await Engine.start(engine);
    try {
      await other.sweep();
      const postId = await engine.post({ accounts: [account] });
      await other.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
    } finally {
      await other.stop();
      await engine.sweep();
    }
  });
});
