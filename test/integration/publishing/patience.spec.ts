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

  describe('counts from when somebody let it go on', () => {
    const day = 24 * 60 * minute;
    const limited = () =>
      engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '600' } });

    it('by resuming it after more than a day', async () => {
      const account = await engine.connect('resumed');
      const postId = await engine.post({ accounts: [account], inMs: minute });
      await engine.settle();
      await engine.hold({ scope: 'post', subjectId: postId });
      await engine.advance(2 * day);
      await engine.settle();
      limited();
      await engine.resume({ scope: 'post', subjectId: postId });
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'retrying', waitingFor: { reason: 'rate_limit' } });
      await engine.advance(11 * minute);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
    });

    it('by retrying it, and ends a day later', async () => {
      const account = await engine.connect('retried');
      engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '90000' } });
      const postId = await engine.post({ accounts: [account] });
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'failed' });
      await engine.advance(2 * day);
      limited();
      await engine.retry((await only(postId)).id);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'retrying' });
      await engine.advance(11 * minute);
      engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '86000' } });
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'failed' });
    });

    it('by switching the platform on', async () => {
      const account = await engine.connect('switched');
      await engine.switchPlatform('fake', false, { whenDue: 'wait' });
      const postId = await engine.post({ accounts: [account] });
      await engine.settle();
      await engine.advance(2 * day);
      limited();
      await engine.switchPlatform('fake', true);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'retrying', waitingFor: { reason: 'rate_limit' } });
    });
  });

  it('is told by each attempt: what it was woken for', async () => {
    const account = await engine.connect('woken');
    engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    await engine.advance(2 * minute);
    await engine.settle();
    const attempts = await engine.rows(
      `SELECT a.wake_reason FROM attempts a JOIN publications p ON p.id = a.publication_id WHERE p.post_id = $1 ORDER BY a.no`,
      [postId],
    );
    expect(attempts).toEqual([{ wake_reason: 'due' }, { wake_reason: 'rate_limit' }]);
  });
});
