import type { ItemBody, PublicationBody } from '../support/app/answer.js';
import { TestApp } from '../support/app/test-app.js';

describe('what ended without success', () => {
  let app: TestApp;
  let telegram: string;
  let mastodon: string;
  /** Publications by how they ended. */
  const made = new Map<string, PublicationBody>();
  let before = '';

  beforeAll(async () => {
    app = await TestApp.start();
    telegram = await app.connect('telegram');
    mastodon = await app.connect('mastodon');
    before = new Date(app.clock.now().getTime() - 60_000).toISOString();
    made.set('failed', await publish('Refused', mastodon, { kind: 'status', status: 422 }));
    made.set('unconfirmed', await publish('Lost', telegram, { kind: 'reset-after' }));
    made.set('incomplete', await publish('One', mastodon, { kind: 'status', status: 422 }, 2, ['Two']));
    made.set('published', await publish('Fine', mastodon));
  });
  afterAll(() => app.stop());

  /** Posts it, and lets time pass until it has come to its end; answers its publication. */
  async function publish(
    text: string,
    accountId: string,
    action?: { kind: 'reset-after' } | { kind: 'status'; status: number },
    nth = 1,
    thread: readonly string[] = [],
  ): Promise<PublicationBody> {
    const platform = accountId === telegram ? 'telegram' : 'mastodon';
    if (action !== undefined)
      app.sandbox.control.addFault({ platform, visible: true, nth, count: 1, action });
    const body = {
      text,
      scheduledFor: 'now',
      thread: thread.map((part) => ({ text: part })),
      targets: [{ accountId }],
    };
    const { body: post } = await app.call('post', '/posts', { body });
    await app.settle();
    for (let look = 0; look < 3; look += 1) {
      await app.advance(60_000);
      await app.sweep();
    }
    const { body: after } = await app.call('get', `/posts/${post.id}`);
    const { body: found } = await app.call('get', `/publications?postId=${after.id}`);
    return found.items[0] as PublicationBody & ItemBody;
  }

  const list = async (query: string): Promise<string[]> => {
    const { status, body } = await app.call('get', `/dead-letters?${query}`);
    expect(status).toBe(200);
    return body.items.map((item: ItemBody) => item.publication.id);
  };
  const ended = (how: string): PublicationBody => {
    const publication = made.get(how);
    if (publication === undefined) throw new Error(`nothing ended ${how}`);
    return publication;
  };
  const id = (how: string): string => ended(how).id;

  it('is listed with cause, remedy and the way to its evidence', async () => {
    const { body } = await app.call('get', '/dead-letters');
    expect(body.nextCursor).toBeNull();
    expect(body.items).toMatchObject([
      {
        ended: 'incomplete',
        code: expect.stringMatching(/^mastodon\./),
        message: expect.stringMatching(/^It is live, but not all of it\./),
        remedy: expect.stringMatching(/retry this publication/),
        publication: { id: id('incomplete'), status: 'published' },
      },
      {
        ended: 'unconfirmed',
        code: 'telegram.outcome_unknown',
        remedy: expect.stringMatching(/resolve/),
        evidence: `/api/v1/publications/${id('unconfirmed')}/attempts`,
        publication: { id: id('unconfirmed'), accountId: telegram },
      },
      {
        ended: 'failed',
        code: expect.stringMatching(/^mastodon\./),
        message: expect.any(String),
        remedy: expect.any(String),
        publication: { id: id('failed'), planId: ended('failed').planId },
      },
    ]);
    const { evidence } = body.items[1];
    expect((await app.call('get', evidence.replace('/api/v1', ''))).status).toBe(200);
  });

  it('is found by platform, account, post, plan, code, kind, end and time', async () => {
    const failed = ended('failed');
    expect(await list('platform=telegram')).toEqual([id('unconfirmed')]);
    expect(await list(`accountId=${telegram}`)).toEqual([id('unconfirmed')]);
    expect(await list(`postId=${failed.postId}`)).toEqual([id('failed')]);
    expect(await list(`planId=${failed.planId}`)).toEqual([id('failed')]);
    expect(await list(`code=${String(failed.error?.code)}&ended=failed`)).toEqual([id('failed')]);
    expect(await list('kind=outcome_unknown')).toEqual([id('unconfirmed')]);
    expect(await list('ended=incomplete')).toEqual([id('incomplete')]);
    expect(await list(`until=${before}`)).toEqual([]);
    expect(await list(`since=${before}`)).toHaveLength(3);
  });

  it('comes page by page', async () => {
    const first = await app.call('get', '/dead-letters?limit=2');
    expect(first.body.items).toHaveLength(2);
    const next = await app.call('get', `/dead-letters?limit=2&cursor=${first.body.nextCursor}`);
    expect(next.body.items.map((item: ItemBody) => item.publication.id)).toEqual([id('failed')]);
    expect(next.body.nextCursor).toBeNull();
  });

  it.each([
    ['ended=published', 'ended'],
    ['kind=nothing', 'kind'],
    ['since=yesterday', 'since'],
    ['planId=post_1', 'planId'],
    ['cursor=1', 'cursor'],
    ['color=red', 'color'],
  ])('is not asked for by %s', async (query, field) => {
    const { status, body } = await app.call('get', `/dead-letters?${query}`);
    expect([status, body.errors[0].pointer]).toEqual([422, `/${field}`]);
  });

  it('is taken up by the same filters, but never what is unconfirmed', async () => {
    const { status, body } = await app.call('post', '/publications/retry', { body: { since: before } });
    expect(status).toBe(207);
    expect(body.items).toMatchObject([
      { index: 0, publicationId: id('failed'), retried: false, code: 'cause_is_permanent' },
      { index: 1, publicationId: id('incomplete'), retried: false, code: 'cause_is_permanent' },
    ]);
    const none = await app.call('post', '/publications/retry', { body: { kind: 'outcome_unknown' } });
    expect(none.body.items).toEqual([]);
    const refused = await app.call('post', '/publications/retry', { body: { ended: 'unconfirmed' } });
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/ended']);
  });

  it('is completed once when the same wish comes twice', async () => {
    const headers = { 'idempotency-key': 'complete-it' };
    const route = `/publications/${id('incomplete')}/retry`;
    const first = await app.call('post', route, { headers });
    expect([first.status, first.body.status]).toEqual([200, 'queued']);
    await app.settle();
    const again = await app.call('post', route, { headers });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const { body } = await app.call('get', `/publications/${id('incomplete')}`);
    expect(body).toMatchObject({ status: 'published', warnings: [], error: null });
    expect(await list('ended=incomplete')).toEqual([]);
    const { length } = app.sandbox.control.inbox('mastodon').filter(({ text }) => text === 'Two');
    expect(length).toBe(1);
  });

  it('of the engine itself is for operators, who have it delivered again', async () => {
    const { body: post } = await app.call('post', '/posts', {
      body: { text: 'Later', scheduledFor: '2099-01-01T00:00:00Z', targets: [{ accountId: mastodon }] },
    });
    await app.settle();
    const [event] = await app.rows(
      `SELECT event_id, listener FROM deliveries d JOIN outbox o ON o.id = d.event_id
        WHERE o.data ->> 'postId' = $1 AND d.listener = 'publishing.make-plan'`,
      [uuidOf(post.id)],
    );
    await app.rows(`UPDATE deliveries SET state = 'dead' WHERE event_id = $1 AND listener = $2`, [
      event?.['event_id'],
      event?.['listener'],
    ]);
    await app.rows(
      `INSERT INTO dead_letters (workspace_id, id, kind, subject_id, reason, details)
       VALUES ($1, $2, 'delivery', $3, 'listener-failed', $4)`,
      [
        app.workspaceId,
        event?.['event_id'],
        `${String(event?.['event_id'])}/publishing.make-plan`,
        { listener: 'publishing.make-plan', type: 'scheduling.occurrence-planned', error: 'Error: no' },
      ],
    );
    const key = await app.newKey(['read', 'write']);
    expect((await app.call('get', '/dead-letters/deliveries', { key })).status).toBe(403);
    const { body } = await app.call('get', '/dead-letters/deliveries');
    expect(body.items).toMatchObject([{ listener: 'publishing.make-plan', error: 'Error: no' }]);
    const route = `/dead-letters/deliveries/${body.items[0].id}/retry`;
    expect((await app.call('post', route)).status).toBe(204);
    await app.settle();
    expect((await app.call('get', '/dead-letters/deliveries')).body.items).toEqual([]);
    const states = await app.rows(`SELECT state FROM deliveries WHERE event_id = $1`, [event?.['event_id']]);
    expect(states).toEqual([{ state: 'delivered' }]);
    expect((await app.call('post', route)).status).toBe(404);
  });
});

function uuidOf(publicId: string): string {
  const hex = publicId.split('_')[1] ?? '';
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
