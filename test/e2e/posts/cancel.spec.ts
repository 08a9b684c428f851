import type { AnswerBody } from '../../support/app/answer.js';
import { TestApp } from '../../support/app/test-app.js';

describe('POST /api/v1/posts/{id}/cancel', () => {
  let app: TestApp;
  let bluesky: string;
  let telegram: string;

  beforeAll(async () => {
    app = await TestApp.start();
    bluesky = await app.connect('bluesky');
    telegram = await app.connect('telegram');
  });
  afterAll(() => app.stop());

  const inMinutes = (minutes: number): string =>
    new Date(app.clock.now().getTime() + minutes * 60_000).toISOString();
  const create = async (text: string, more: object = {}) =>
    (
      await app.call('post', '/posts', {
        body: {
          text,
          scheduledFor: inMinutes(10),
          targets: [{ accountId: bluesky }, { accountId: telegram }],
          ...more,
        },
      })
    ).body;
  const cancel = (id: string) => app.call('post', `/posts/${id}/cancel`);
  const seen = (text: string): number =>
    app.sandbox.control.inbox().filter((entry) => entry.text === text).length;
  const resultsOf = (body: AnswerBody): Record<string, string> =>
    Object.fromEntries(body.targets.map(({ accountId, result }) => [accountId, result]));

  it.each([
    ['before its events were processed', false],
    ['when its plan is there', true],
  ])('takes back what is planned %s, and says so again when asked again', async (_name, settled) => {
    const text = `Canceled ${String(settled)}`;
    const post = await create(text);
    if (settled) await app.settle();
    const first = await cancel(post.id);
    expect(first.status).toBe(200);
    expect(resultsOf(first.body)).toEqual({ [bluesky]: 'canceled', [telegram]: 'canceled' });
    expect((await cancel(post.id)).body).toEqual(first.body);
    const after = await app.call('get', `/posts/${post.id}`);
    expect(after.body).toMatchObject({ status: 'canceled', summary: { total: 2, canceled: 2, pending: 0 } });
    await app.settle();
    await app.advance(20 * 60_000);
    await app.sweep();
    expect(seen(text)).toBe(0);
    expect((await cancel(post.id)).body).toEqual(first.body);
    expect((await app.call('get', `/posts/${post.id}`)).body).toMatchObject({ status: 'canceled' });
    const listed = await app.call('get', '/posts?status=canceled');
    expect(listed.body.items.map((item: { id: string }) => item.id)).toContain(post.id);
  });

  it('says which targets are out already, and keeps only the others from going out', async () => {
    const text = 'Half of it';
    const post = await create(text);
    await app.settle();
    const began = post.targets[0].publication.id.replace('pub_', '');
    await app.rows('UPDATE publications SET going_out_at = fanfare.now() WHERE id = $1::uuid', [began]);
    await app.rows('UPDATE plans SET started_at = fanfare.now() WHERE settled_at IS NULL');
    const results = resultsOf((await cancel(post.id)).body);
    expect(results).toEqual({ [bluesky]: 'already-going-out', [telegram]: 'canceled' });
    expect(resultsOf((await cancel(post.id)).body)).toEqual(results);
    await app.advance(11 * 60_000);
    await app.sweep();
    expect(seen(text)).toBe(1);
    expect((await app.call('get', `/posts/${post.id}`)).body).toMatchObject({
      status: 'published',
      outcome: 'complete',
      summary: { published: 1, canceled: 1 },
    });
  });

  it('refuses nothing of a draft, and leaves it one', async () => {
    const draft = await create('A draft', { scheduledFor: null });
    const { status, body } = await cancel(draft.id);
    expect([status, body]).toEqual([200, { targets: [] }]);
    expect((await app.call('get', `/posts/${draft.id}`)).body.status).toBe('draft');
  });

  it('never lets a post go out of which it said canceled, whoever comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const text = `Race ${round}`;
      const post = await create(text, { scheduledFor: 'now' });
      const [answer] = await Promise.all([cancel(post.id), app.settle()]);
      await app.settle();
      const results = resultsOf(answer.body);
      const after = await app.call('get', `/posts/${post.id}`);
      for (const target of after.body.targets) {
        const expected = results[target.accountId] === 'canceled' ? 'canceled' : 'published';
        expect([round, target.publication.status]).toEqual([round, expected]);
      }
      expect(seen(text)).toBe(Object.values(results).filter((result) => result !== 'canceled').length);
    }
  });

  it('can be given another time afterwards', async () => {
    const post = await create('Second time');
    await app.settle();
    await cancel(post.id);
    const again = await app.call('patch', `/posts/${post.id}`, { body: { scheduledFor: inMinutes(5) } });
    expect(again.body).toMatchObject({ status: 'scheduled', summary: { pending: 2 } });
    await app.settle();
    await app.advance(6 * 60_000);
    await app.sweep();
    expect(seen('Second time')).toBe(2);
  });
});
