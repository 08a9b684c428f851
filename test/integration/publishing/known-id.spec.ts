import { Engine } from '../../support/engine/engine.js';

describe("a platform's id that another publication is known by already", () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());

  it('is told to a person, not claimed twice', async () => {
    const account = await engine.connect('known');
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 'never',
      holdsKey: false,
      clockToleranceMs: 0,
    };
    engine.behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
    engine.server.fates.push({ kind: 'reset-before' });
    const first = await engine.post({ accounts: [account] });
    await engine.settle();
    await engine.advance(2_000);
    await engine.settle();
    const id = (await engine.plan(first)).publications[0]?.id ?? '';
    // A person takes a post for this one that comes only later.
    await engine.resolve(id, { verdict: 'published', platformPostId: 'f1-known', permalink: null });

    const second = await engine.post({ accounts: [account] });
    await engine.settle();
    expect((await engine.plan(second)).publications).toMatchObject([
      { status: 'unconfirmed', error: { code: 'fake.outcome_unknown' } },
    ]);
    expect(engine.server.entries).toHaveLength(1);
  });
});
