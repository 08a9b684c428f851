import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;
/** More than the claims after which a run that vanished again and again is given up. */
const often = 8;

describe('waiting, however often', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());

  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };

  it('for a rate limit is no crash of the engine', async () => {
    const account = await engine.connect('limited');
    for (let time = 0; time < often; time += 1)
      engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    const postId = await engine.post({ accounts: [account] });
    for (let time = 0; time < often; time += 1) {
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'retrying', waitingFor: { reason: 'rate_limit' } });
      await engine.advance(minute);
    }
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('for a look that fails is no crash of the engine', async () => {
    const account = await engine.connect('lost');
    engine.server.fates.push({ kind: 'reset-after' });
    engine.server.listStatuses.push(...Array.from({ length: often }, () => 503));
    const postId = await engine.post({ accounts: [account] });
    for (let time = 0; time <= often; time += 1) {
      await engine.settle();
      expect(await only(postId)).toMatchObject({
        status: 'unconfirmed',
        waitingFor: { reason: 'outcome_check' },
      });
      await engine.advance(16 * minute);
    }
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(engine.server.entries.filter((entry) => entry.account === 'lost')).toHaveLength(1);
  });
});
