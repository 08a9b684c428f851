import { BudgetRepository } from '../../../src/modules/publishing/limits/budget.repository.js';
import type { Rate } from '../../../src/modules/publishing/limits/rate.js';
import type { Pacing } from '../../../src/platforms/core/index.js';
import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;
const hour = 60 * minute;

/** Two posts in an hour, one of which comes back after half an hour. */
const twoAnHour: Pacing = { rates: [{ name: 'posts', per: 'account', max: 2, periodMs: hour }] };

describe('a budget', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`budget${number}`);
    engine.behaviour.pacing = null;
    engine.behaviour.quota = null;
    engine.server.calls = 0;
    engine.server.fates.length = 0;
    await engine.rows('TRUNCATE budgets');
  });

  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };
  const statuses = async (posts: readonly string[]) => {
    const all = [];
    for (const post of posts) all.push((await only(post)).status);
    return all.toSorted();
  };
  const posted = async (count: number): Promise<string[]> => {
    const posts = [];
    for (let index = 0; index < count; index += 1) posts.push(await engine.post({ accounts: [account] }));
    await engine.settle();
    return posts;
  };
  const retriesOf = (postId: string) =>
    engine.rows('SELECT retries FROM publications WHERE post_id = $1', [postId]);

  it('that is used up makes the next post wait for the time it opens, without a call and without a retry', async () => {
    engine.behaviour.pacing = twoAnHour;
    const posts = await posted(3);
    expect(await statuses(posts)).toEqual(['published', 'published', 'queued']);
    expect(engine.server.calls).toBe(2);
    const waiting = posts[2] ?? '';
    expect(await only(waiting)).toMatchObject({ waitingFor: { reason: 'rate_limit' } });
    expect(await engine.explain(waiting)).toMatchObject([
      {
        code: 'limit_reached',
        message: 'The platform takes 2 posts from this account in an hour, and they are used up.',
      },
      { code: 'budget' },
    ]);
    await engine.advance(20 * minute);
    await engine.settle();
    expect(engine.server.calls).toBe(2);
    await engine.advance(15 * minute);
    await engine.settle();
    expect(await only(waiting)).toMatchObject({ status: 'published', attemptCount: 2 });
    expect(await retriesOf(waiting)).toEqual([{ retries: 0 }]);
  });

  it('wakes those that wait one after the other, as it fills', async () => {
    engine.behaviour.pacing = twoAnHour;
    const posts = await posted(4);
    const wakes = await engine.rows(
      `SELECT wake_at FROM publications WHERE post_id = ANY($1) AND wake_reason = 'budget' ORDER BY wake_at`,
      [posts],
    );
    const [first, second] = wakes.map(({ wake_at: at }) => (at as Date).getTime());
    expect(Math.round(((second ?? 0) - (first ?? 0)) / minute)).toBe(30);
  });

  it('counts what a thread will cost before its first part goes out', async () => {
    engine.behaviour.pacing = twoAnHour;
    const thread = await engine.post({ text: 'one', thread: ['two'], accounts: [account] });
    await engine.settle();
    expect(await only(thread)).toMatchObject({ status: 'published' });
    expect(await statuses(await posted(1))).toEqual(['queued']);
  });

  it('lets a thread that is longer than the budget go when everything has come back', async () => {
    engine.behaviour.pacing = twoAnHour;
    await posted(1);
    const thread = await engine.post({ text: 'one', thread: ['two', 'three'], accounts: [account] });
    await engine.settle();
    expect(await only(thread)).toMatchObject({ status: 'queued' });
    await engine.advance(35 * minute);
    await engine.settle();
    expect(await only(thread)).toMatchObject({ status: 'published' });
  });

  it('of one account is no matter of another, one of the app is', async () => {
    const other = await engine.connect(`another${number}`);
    engine.behaviour.pacing = { rates: [{ name: 'posts', per: 'account', max: 1, periodMs: hour }] };
    await posted(1);
    const free = await engine.post({ accounts: [other] });
    await engine.settle();
    expect(await only(free)).toMatchObject({ status: 'published' });
    engine.behaviour.pacing = { rates: [{ name: 'calls', per: 'app', max: 1, periodMs: hour }] };
    const third = await engine.connect(`third${number}`);
    const one = await engine.post({ accounts: [third] });
    const two = await engine.post({ accounts: [await engine.connect(`fourth${number}`)] });
    await engine.settle();
    expect(await statuses([one, two])).toEqual(['published', 'queued']);
  });

  it('that refuses leaves the others of the account as they were', async () => {
    engine.behaviour.pacing = {
      rates: [
        { name: 'daily', per: 'account', max: 10, periodMs: 24 * hour },
        { name: 'posts', per: 'account', max: 1, periodMs: hour },
      ],
    };
    await posted(1);
    const before = await engine.rows(`SELECT used_until FROM budgets WHERE key LIKE 'fake:daily:%'`);
    await posted(1);
    expect(await engine.rows(`SELECT used_until FROM budgets WHERE key LIKE 'fake:daily:%'`)).toEqual(before);
  });

  it('is closed by a 429, so that other posts of the account wait without calling', async () => {
    engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '1800' } });
    const posts = await posted(3);
    expect(engine.server.calls).toBe(1);
    expect(await statuses(posts)).toEqual(['queued', 'queued', 'retrying']);
    expect(await engine.explain(posts[1] ?? '')).toMatchObject([
      { code: 'limit_reached', message: 'The platform has asked this account to pause.' },
      { code: 'budget' },
    ]);
    await engine.advance(31 * minute);
    await engine.settle();
    expect(await statuses(posts)).toEqual(['published', 'published', 'published']);
    for (const post of posts) expect(await retriesOf(post)).toEqual([{ retries: 0 }]);
  });

  it('is corrected by what the head of an answer says', async () => {
    engine.behaviour.pacing = { rates: [{ name: 'posts', per: 'account', max: 100, periodMs: hour }] };
    engine.server.fates.push({
      kind: 'headers',
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1200' },
    });
    const posts = await posted(2);
    expect(engine.server.calls).toBe(1);
    expect(await statuses(posts)).toEqual(['published', 'queued']);
    await engine.advance(21 * minute);
    await engine.settle();
    expect(await statuses(posts)).toEqual(['published', 'published']);
  });

  it('is corrected both ways by the platform where it can be asked, now and then', async () => {
    engine.behaviour.pacing = { rates: [{ name: 'posts', per: 'account', max: 4, periodMs: 4 * hour }] };
    let remaining = 1;
    let asked = 0;
    engine.behaviour.quota = (ctx) => {
      if (ctx.account.id === account) asked += 1;
      return Promise.resolve([
        { limit: 'posts', remaining, resetAt: new Date(engine.clock.now().getTime() + hour), certain: true },
      ]);
    };
    const posts = await posted(2);
    expect(await statuses(posts)).toEqual(['published', 'queued']);
    expect(asked).toBe(1);
    remaining = 4;
    await engine.advance(61 * minute);
    await engine.settle();
    expect(asked).toBe(2);
    expect(await statuses([...posts, ...(await posted(3))])).toEqual([
      'published',
      'published',
      'published',
      'published',
      'published',
    ]);
  });

  it('that stays closed for longer than a day ends the post, and it can be retried', async () => {
    engine.behaviour.pacing = { rates: [{ name: 'posts', per: 'account', max: 1, periodMs: 72 * hour }] };
    const posts = await posted(2);
    expect(await statuses(posts)).toEqual(['failed', 'published']);
    const failed = await only(posts[1] ?? '');
    expect(failed).toMatchObject({ error: { code: 'engine.limit_used_up', kind: 'rate_limited' } });
    expect(engine.server.calls).toBe(1);
  });

  it('gives its last call to one of two that ask at the same moment, on connections of their own', async () => {
    const rate: Rate = {
      key: `fake:race:${number}`,
      name: 'race',
      per: 'account',
      max: 2,
      periodMs: hour,
      intervalMs: hour / 2,
      burst: 2,
    };
    const rows = engine.app.get(BudgetRepository);
    const take = () => engine.unitOfWork.run(engine.workspaceId, () => rows.take([rate], 1));
    expect((await take()).size).toBe(1);
    let bothAreIn = (): void => undefined;
    const barrier = new Promise<void>((resolve) => {
      bothAreIn = resolve;
    });
    let inside = 0;
    const race = () =>
      engine.unitOfWork.run(engine.workspaceId, async (manager) => {
        await manager.query('SELECT 1');
        inside += 1;
        if (inside === 2) bothAreIn();
        await barrier;
        return rows.take([rate], 1);
      });
    const taken = await Promise.all([race(), race()]);
    expect(taken.map(({ size }) => size).toSorted()).toEqual([0, 1]);
  });
});
