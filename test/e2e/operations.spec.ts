import { TestApp } from '../support/app/test-app.js';

describe('asking and stopping', () => {
  let app: TestApp;
  let bluesky: string;
  let telegram: string;

  beforeAll(async () => {
    app = await TestApp.start();
    bluesky = await app.connect('bluesky');
    telegram = await app.connect('telegram');
  });
  afterAll(() => app.stop());

  const create = async (text: string, body: object = {}) => {
    const targets = [{ accountId: bluesky }];
    return (await app.call('post', '/posts', { body: { text, scheduledFor: 'now', targets, ...body } })).body;
  };
  const get = async (id: string) => (await app.call('get', `/posts/${id}`)).body;
  const explain = async (id: string) => (await app.call('get', `/posts/${id}/explain`)).body;
  const seen = (text: string): number =>
    app.sandbox.control.inbox().filter((entry) => entry.text === text).length;

  it('holds a post, says so, and lets it go on', async () => {
    const post = await create('Held');
    const held = await app.call('post', `/posts/${post.id}/hold`, { body: { reason: 'legal looks at it' } });
    expect(held.status).toBe(200);
    await app.settle();
    expect(seen('Held')).toBe(0);
    expect((await get(post.id)).targets[0].publication).toMatchObject({
      status: 'held',
      waitingFor: { reason: 'hold' },
    });
    const explained = await explain(post.id);
    expect(explained.targets[0].reasons[0]).toMatchObject({
      code: 'held',
      message: expect.stringContaining('legal looks at it'),
    });

    expect((await app.call('post', `/posts/${post.id}/resume`)).body).toEqual({ publications: 1 });
    await app.settle();
    expect(seen('Held')).toBe(1);
    expect((await explain(post.id)).targets[0].reasons[0]).toMatchObject({ code: 'published' });
  });

  it('says of a draft that nobody has asked for it', async () => {
    const { body: draft } = await app.call('post', '/posts', {
      body: { text: 'Some day', targets: [{ accountId: bluesky }] },
    });
    expect(await explain(draft.id)).toMatchObject({
      summary: [expect.stringMatching(/^It is a draft/)],
      reasons: [{ code: 'draft', remedy: expect.any(String) }],
      targets: [],
    });
  });

  it('holds an account and the workspace', async () => {
    await app.call('post', `/accounts/${bluesky}/hold`, { body: {} });
    await app.call('post', '/workspace/hold', { body: {} });
    const post = await create('Held twice');
    await app.settle();
    await app.call('post', `/accounts/${bluesky}/resume`);
    await app.settle();
    expect(seen('Held twice')).toBe(0);
    await app.call('post', '/workspace/resume');
    await app.settle();
    expect((await get(post.id)).status).toBe('published');
  });

  it('says that the time has not come, and what will be in the way then', async () => {
    const post = await create('Later', { scheduledFor: '2099-01-01T00:00:00Z' });
    await app.settle();
    await app.call('post', `/accounts/${bluesky}/hold`, { body: {} });
    const { targets } = await explain(post.id);
    expect(targets[0].reasons.map((reason: { code: string }) => reason.code)).toEqual(['due_time', 'held']);
    expect(targets[0].reasons[0].until).toBe('2099-01-01T00:00:00.000Z');
    await app.call('post', `/accounts/${bluesky}/resume`);
  });

  it('retries what was skipped once the platform is on again, by filter and one by one', async () => {
    await app.call('patch', '/platforms/telegram', { body: { enabled: false } });
    const targets = [{ accountId: telegram }];
    const first = await create('Skipped 1', { targets });
    const second = await create('Skipped 2', { targets });
    await app.settle();
    expect((await explain(first.id)).targets[0].reasons[0].code).toBe('platform_disabled');
    const refused = await app.call('post', '/publications/retry', { body: { accountId: telegram } });
    expect(refused.status).toBe(207);
    expect(refused.body.items).toEqual([
      expect.objectContaining({
        index: 0,
        retried: false,
        code: 'platform_disabled',
        remedy: expect.any(String),
      }),
      expect.objectContaining({ index: 1, retried: false, code: 'platform_disabled' }),
    ]);

    await app.call('patch', '/platforms/telegram', { body: { enabled: true } });
    const [{ publication }] = (await get(first.id)).targets;
    expect((await app.call('post', `/publications/${publication.id}/retry`)).status).toBe(200);
    await app.settle();
    const rest = await app.call('post', '/publications/retry', { body: { platform: 'telegram' } });
    expect(rest.body.items).toEqual([expect.objectContaining({ retried: true })]);
    await app.settle();
    for (const post of [first, second]) expect((await get(post.id)).status).toBe('published');
    expect(seen('Skipped 1') + seen('Skipped 2')).toBe(2);
  });

  it('refuses to retry what is live', async () => {
    const post = await create('Once is enough');
    await app.settle();
    const [{ publication }] = (await get(post.id)).targets;
    const { status, body } = await app.call('post', `/publications/${publication.id}/retry`);
    expect(status).toBe(409);
    expect(body.code).toBe('not_ended');
    expect(seen('Once is enough')).toBe(1);
  });

  it('knows nothing of what is not there', async () => {
    const missing = '0'.repeat(12) + '7' + '0'.repeat(3) + '8' + '0'.repeat(15);
    for (const path of [
      `/posts/post_${missing}/hold`,
      `/accounts/acc_${missing}/hold`,
      `/publications/pub_${missing}/retry`,
    ]) {
      expect((await app.call('post', path, { body: {} })).status).toBe(404);
    }
    expect((await app.call('get', `/posts/post_${missing}/explain`)).status).toBe(404);
  });
});
