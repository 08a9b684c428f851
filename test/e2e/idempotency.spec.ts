import { IdempotencyService, IdempotencySweep } from '../../src/common/idempotency/index.js';
import { UnitOfWork } from '../../src/common/database/index.js';
import { TestApp } from '../support/app/test-app.js';

describe('Idempotency-Key', () => {
  let app: TestApp;
  let bluesky: string;
  let keys = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    bluesky = await app.connect('bluesky');
  });
  afterAll(() => app.stop());

  const freshKey = (): string => `key ${(keys += 1)}`;
  const create = (
    idempotencyKey: string,
    body: object = { text: 'Hello', targets: [{ accountId: bluesky }] },
  ) => app.call('post', '/posts', { body, headers: { 'idempotency-key': idempotencyKey } });
  const posts = async (): Promise<number> =>
    Number((await app.rows('SELECT count(*) AS count FROM posts'))[0]?.['count']);

  it('gives whoever repeats a request the stored answer, word for word', async () => {
    const key = freshKey();
    const first = await create(key);
    const before = await posts();
    const again = await create(key);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
    for (const name of ['etag', 'location', 'content-type'])
      expect(again.headers[name]).toBe(first.headers[name]);
    expect(await posts()).toBe(before);
  });

  it('does not care for the order of fields', async () => {
    const key = freshKey();
    const first = await create(key, { text: 'a', labels: ['x'] });
    const again = await create(key, { labels: ['x'], text: 'a' });
    expect(again.body.id).toBe(first.body.id);
  });

  it('makes one post of requests that come at once', async () => {
    const key = freshKey();
    const before = await posts();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(key)));
    expect(await posts()).toBe(before + 1);
    for (const { status, body } of answers) {
      if (status === 409) expect(body.code).toBe('idempotency_in_progress');
      else expect(status).toBe(201);
    }
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id)).size).toBe(1);
  });

  it('refuses the key for another body and for another route', async () => {
    const key = freshKey();
    const { body } = await create(key);
    const otherBody = await create(key, { text: 'Other' });
    const otherRoute = await app.call('post', `/posts/${body.id}/cancel`, {
      headers: { 'idempotency-key': key },
    });
    for (const refused of [otherBody, otherRoute]) {
      expect(refused.status).toBe(422);
      expect(refused.body).toMatchObject({
        code: 'idempotency_key_reused',
        errors: [{ pointer: '', remedy: expect.stringMatching(/./) }],
      });
    }
  });

  it('keeps refusals too, and the same key of another tenant apart', async () => {
    const key = freshKey();
    const first = await create(key, { text: 7 });
    const again = await create(key, { text: 7 });
    expect([first.status, again.status]).toEqual([422, 422]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect(again.text).toBe(first.text);
    const stranger = await app.newKey(['write'], await app.newWorkspace());
    const theirs = await app.call('post', '/posts', {
      key: stranger,
      body: { text: 'Hello' },
      headers: { 'idempotency-key': key },
    });
    expect(theirs.status).toBe(201);
  });

  const running = (key: string) =>
    app.rows(
      `UPDATE idempotency_keys SET state = 'running', answer = NULL, locked_until = fanfare.now() + interval '1 minute'
        WHERE key = $1`,
      [key],
    );

  it('says that the first request is still running', async () => {
    const key = freshKey();
    await create(key);
    await running(key);
    const { status, headers, body } = await create(key);
    expect(status).toBe(409);
    expect(body.code).toBe('idempotency_in_progress');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is free again after a crash, and finds the post that the crashed request had made', async () => {
    const key = freshKey();
    const { body } = await create(key);
    const before = await posts();
    await running(key);
    await app.advance(2 * 60_000);
    const again = await create(key);
    expect(again.status).toBe(201);
    expect(again.headers['idempotent-replayed']).toBeUndefined();
    expect(again.body.id).toBe(body.id);
    expect(await posts()).toBe(before);
  });

  it('is over after a day', async () => {
    const key = freshKey();
    const { body } = await create(key);
    await app.advance(24 * 3_600_000);
    const again = await create(key);
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(body.id);
    const [left] = await app.rows(
      'SELECT count(*) AS count FROM idempotency_keys WHERE expires_at < fanfare.now() AND workspace_id = $1',
      [app.workspaceId],
    );
    expect(Number(left?.['count'])).toBe(0);
  });

  it('is removed when it is over, also where nobody sends anything more', async () => {
    const idle = await app.newWorkspace();
    const key = await app.newKey(['write'], idle);
    const headers = { 'idempotency-key': freshKey() };
    await app.call('post', '/posts', { key, body: { text: 'The last one' }, headers });
    const left = async (): Promise<unknown> =>
      (await app.rows('SELECT key FROM idempotency_keys WHERE workspace_id = $1', [idle])).length;
    const sweep = app.app.get(IdempotencySweep, { strict: false });
    await sweep.sweepOnce();
    expect(await left()).toBe(1);
    await app.advance(24 * 3_600_000);
    const fresh = freshKey();
    await create(fresh);
    expect(await sweep.sweepOnce()).toBeGreaterThan(0);
    expect(await left()).toBe(0);
    expect((await create(fresh)).headers['idempotent-replayed']).toBe('true');
  });

  it('keeps no answer that says 500, and lets nobody finish what another has taken over', async () => {
    const service = app.app.get(IdempotencyService, { strict: false });
    const request = { key: freshKey(), route: 'POST /x', bodyHash: 'h' };
    const first = await service.begin(app.workspaceId, request);
    if (first.kind !== 'run') throw new Error('not to be run');
    await service.free(first.claim);
    const second = await service.begin(app.workspaceId, request);
    if (second.kind !== 'run') throw new Error('not to be run');
    await service.finish(first.claim, { status: 200, headers: {}, body: 'late' });
    await expect(service.begin(app.workspaceId, request)).rejects.toMatchObject({
      code: 'idempotency_in_progress',
    });
    const late = app.app
      .get(UnitOfWork, { strict: false })
      .run(app.workspaceId, () => service.remember(first.claim, 'mine'));
    await expect(late).rejects.toMatchObject({ code: 'idempotency_in_progress' });
    await service.finish(second.claim, { status: 200, headers: {}, body: 'mine' });
    expect(await service.begin(app.workspaceId, request)).toEqual({
      kind: 'replay',
      answer: { status: 200, headers: {}, body: 'mine' },
    });
  });

  it.each(['', ' ', 'x'.repeat(256)])('refuses the key %j', async (key) => {
    const { status, body } = await create(key);
    expect(status).toBe(422);
    expect(body.code).toBe('idempotency_key_invalid');
  });
});
