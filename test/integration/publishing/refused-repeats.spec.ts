import { Engine } from '../../support/engine/engine.js';
import type { FakeFate } from '../../support/engine/fake-server.js';

const minute = 60_000;

/** After a lost answer the same bytes go out once more under the same key, and this time the platform does not want them. */
describe('a repeated call that is refused', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
    engine.behaviour.repeatSafeForMs = 50 * minute;
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`refused${number}`);
    engine.server.entries.length = 0;
    engine.server.calls = 0;
  });

  const refused = { kind: 'status', status: 400 } as const;
  const only = async (postId: string) => (await engine.plan(postId)).publications[0];
  /** Lets it go on until the last wake is used up. */
  const atRest = async (...fates: FakeFate[]): Promise<string> => {
    engine.server.fates.push(...fates);
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    for (let round = 0; round < 10 && (await only(postId))?.nextAttemptAt !== null; round += 1) {
      await engine.advance(3 * minute);
      await engine.sweep();
      await engine.settle();
    }
    return postId;
  };

  it('is found to be out when the first one had created it', async () => {
    const postId = await atRest({ kind: 'reset-after' }, refused);
    expect(await only(postId)).toMatchObject({ status: 'published', platformPostId: `f1-refused${number}` });
    expect(engine.server.calls).toBe(2);
    expect(engine.server.entries).toHaveLength(1);
  });

  it('has failed, and says with what, once it is proven that the first one created nothing', async () => {
    const postId = await atRest({ kind: 'reset-before' }, refused, refused);
    expect(await only(postId)).toMatchObject({ status: 'failed', error: { code: 'fake.status_400' } });
    expect(engine.server.entries).toHaveLength(0);
  });

  it('is for a person where the platform shows nothing', async () => {
    const { reconcile } = engine.behaviour;
    engine.behaviour.reconcile = { ...reconcile, settleMs: 0, absentAfterLooks: 'never' };
    engine.behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
    const postId = await atRest({ kind: 'reset-after' }, refused);
    engine.behaviour.look = null;
    engine.behaviour.reconcile = reconcile;
    expect(await only(postId)).toMatchObject({
      status: 'unconfirmed',
      error: { message: expect.stringContaining('There is no history.') },
    });
    expect(engine.server.calls).toBe(2);
  });
});
