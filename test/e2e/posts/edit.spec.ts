import { TestApp } from '../../support/app/test-app.js';

describe('PATCH and DELETE /api/v1/posts/{id}', () => {
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
  const create = async (more: object = {}) =>
    (
      await app.call('post', '/posts', {
        body: { text: 'Before', scheduledFor: inMinutes(60), targets: [{ accountId: bluesky }], ...more },
      })
    ).body;
  const patch = (id: string, body: object, headers: Record<string, string> = {}) =>
    app.call('patch', `/posts/${id}`, { body, headers });
  /** How often people can see each of the texts. */
  const seen = (...texts: string[]): number[] => {
    const entries = app.sandbox.control.inbox();
    return texts.map((text) => entries.filter((entry) => entry.text === text).length);
  };

  it('changes what was sent and keeps the rest; the ETag grows', async () => {
    const post = await create({ labels: ['a'], metadata: { a: 1 } });
    const { status, body, headers } = await patch(post.id, { text: 'After', externalId: 'e-1' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      text: 'After',
      externalId: 'e-1',
      labels: ['a'],
      metadata: { a: 1 },
      revision: 2,
    });
    expect(headers['etag']).toBe('"2"');
    expect((await app.call('get', `/posts/${post.id}`)).headers['etag']).toBe('"2"');
  });

  it('takes a whole answer back and changes nothing by it', async () => {
    const post = await create({ targets: [{ accountId: bluesky, text: 'Own' }, { accountId: telegram }] });
    await app.settle();
    const before = await app.call('get', `/posts/${post.id}`);
    const { status, body } = await patch(post.id, before.body);
    expect(status).toBe(200);
    const { revision: _old, updatedAt: _then, ...same } = before.body;
    expect(body).toMatchObject(same);
  });

  it('honours If-Match', async () => {
    const post = await create();
    expect((await patch(post.id, { text: 'One' }, { 'if-match': '"1"' })).status).toBe(200);
    const late = await patch(post.id, { text: 'Two' }, { 'if-match': '"1"' });
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ code: 'precondition_failed', details: { revision: 2 } });
    expect((await patch(post.id, { text: 'Two' }, { 'if-match': 'W/"x"' })).status).toBe(412);
    expect((await app.call('get', `/posts/${post.id}`)).body.text).toBe('One');
    expect((await patch(post.id, { text: 'Three' }, { 'if-match': '*' })).status).toBe(200);
    const removal = await app.call('delete', `/posts/${post.id}`, { headers: { 'if-match': '"1"' } });
    expect(removal.status).toBe(412);
  });

  it('lets the new words go out at the new time, whether the plan was there or not', async () => {
    for (const settled of [true, false]) {
      const text = `After ${String(settled)}`;
      const post = await create({ text: `Before ${String(settled)}` });
      if (settled) await app.settle();
      const { status, body } = await patch(post.id, {
        text,
        scheduledFor: inMinutes(10),
        targets: [{ accountId: bluesky }, { accountId: telegram }],
      });
      expect(status).toBe(200);
      expect(body.targets).toHaveLength(2);
      expect(body.latestPlanId).toBe(post.latestPlanId);
      await app.settle();
      expect(seen(text)).toEqual([0]);
      await app.advance(10 * 60_000);
      await app.sweep();
      expect(seen(text, `Before ${String(settled)}`)).toEqual([2, 0]);
      const after = await app.call('get', `/posts/${post.id}`);
      expect(after.body).toMatchObject({
        status: 'published',
        outcome: 'complete',
        summary: { total: 2, published: 2, pending: 0 },
      });
    }
  });

  it('schedules a draft, unschedules it and schedules it again', async () => {
    const draft = await create({ scheduledFor: null, text: 'A draft' });
    expect(draft).toMatchObject({ status: 'draft', latestPlanId: null, dueAt: null });
    expect(draft.targets[0].publication).toBeNull();
    const scheduled = await patch(draft.id, { scheduledFor: inMinutes(30) });
    expect(scheduled.body).toMatchObject({ status: 'scheduled', dueAt: scheduled.body.scheduledFor });
    await app.settle();
    const back = await patch(draft.id, { scheduledFor: null });
    expect(back.body).toMatchObject({ status: 'draft', latestPlanId: null, dueAt: null });
    await app.settle();
    expect((await app.call('get', `/posts/${draft.id}`)).body).toMatchObject({
      status: 'draft',
      latestPlanId: null,
    });
    const again = await patch(draft.id, { scheduledFor: inMinutes(5), text: 'Again' });
    expect(again.body.status).toBe('scheduled');
    expect(again.body.latestPlanId).not.toBe(scheduled.body.latestPlanId);
    await app.settle();
    await app.advance(60 * 60_000);
    await app.sweep();
    expect(seen('A draft', 'Again')).toEqual([0, 1]);
  });

  it('reads a wall time in the zone that the post has', async () => {
    const post = await create({ scheduledFor: '2099-07-01T10:00:00', timezone: 'Europe/Berlin' });
    expect(post.dueAt).toBe('2099-07-01T08:00:00.000Z');
    const moved = await patch(post.id, { scheduledFor: '2099-07-01T11:00:00' });
    expect(moved.body.dueAt).toBe('2099-07-01T09:00:00.000Z');
    const elsewhere = await patch(post.id, { timezone: 'UTC' });
    expect(elsewhere.body.dueAt).toBe('2099-07-01T11:00:00.000Z');
  });

  it('refuses to change or delete what is out, but takes labels', async () => {
    const post = await create({ scheduledFor: 'now', text: 'Out' });
    await app.settle();
    for (const body of [{ text: 'Late' }, { scheduledFor: inMinutes(9) }, { scheduledFor: null }]) {
      const refused = await patch(post.id, body);
      expect([body, refused.status, refused.body.code]).toEqual([body, 409, 'already-going-out']);
    }
    expect((await app.call('delete', `/posts/${post.id}`)).status).toBe(409);
    const labelled = await patch(post.id, { labels: ['done'] });
    expect(labelled.body).toMatchObject({ status: 'published', labels: ['done'], text: 'Out' });
    expect(seen('Out', 'Late')).toEqual([1, 0]);
  });

  it('leaves the post as it was when the change is not valid', async () => {
    const post = await create();
    const refused = await patch(post.id, { text: 'x'.repeat(301), scheduledFor: inMinutes(5) });
    expect(refused.status).toBe(422);
    expect((await app.call('get', `/posts/${post.id}`)).body).toEqual(post);
  });

  it('deletes what has not gone out, and it never does', async () => {
    for (const settled of [true, false]) {
      const post = await create({ scheduledFor: inMinutes(20), text: 'Never' });
      if (settled) await app.settle();
      expect((await app.call('delete', `/posts/${post.id}`)).status).toBe(204);
      expect((await app.call('get', `/posts/${post.id}`)).status).toBe(404);
      await app.settle();
    }
    await app.advance(30 * 60_000);
    await app.sweep();
    expect(seen('Never')).toEqual([0]);
  });
});
