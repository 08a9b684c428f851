import { TestApp } from '../support/app/test-app.js';

describe('platforms, apps and what is out', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('describes kinds, live settings, the app, the version and the costs of each platform', async () => {
    const { body } = await app.call('get', '/platforms/mastodon');
    expect(body).toMatchObject({
      kinds: expect.arrayContaining(['text', 'link', 'image', 'images', 'video', 'thread']),
      liveSettings: [],
      app: { source: 'not_needed', clientId: null },
      version: null,
      costs: [],
      settings: { properties: { mediaSelection: { enum: ['all', 'best-fit'] } } },
    });
  });

  it('takes no app where none is needed', async () => {
    const body = { clientId: 'a', clientSecret: 'b' };
    const answer = await app.call('put', '/platforms/mastodon/app-credentials', { body });
    expect(answer).toMatchObject({ status: 409, body: { code: 'app_credentials_not_needed' } });
    expect(await app.call('get', '/platforms/mastodon/app-credentials')).toMatchObject({
      status: 200,
      body: { source: 'not_needed' },
    });
  });

  it('says which settings have live options when another is asked for', async () => {
    const accountId = await app.connect('mastodon');
    const answer = await app.call('get', `/accounts/${accountId}/options/visibility`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'no_live_options' } });
  });

  it('reads the figures of a post and takes it back; its platform shows nothing any more', async () => {
    const accountId = await app.connect('mastodon');
    const post = { text: 'Not for long', scheduledFor: 'now', targets: [{ accountId }] };
    const created = await app.call('post', '/posts', { body: post });
    await app.settle();
    const { body } = await app.call('get', '/publications');
    expect(created.status).toBe(201);
    expect(body.items).toHaveLength(1);
    const { id } = body.items[0];

    expect(await app.call('get', `/publications/${id}/metrics`)).toMatchObject({
      status: 200,
      body: { available: ['likes', 'reposts', 'comments'], values: { likes: 0, reposts: 0, comments: 0 } },
    });
    expect(await app.call('delete', `/publications/${id}/post`)).toMatchObject({
      status: 200,
      body: { status: 'published', deletedAt: expect.any(String) },
    });
    expect(app.sandbox.control.inbox('mastodon')).toEqual([]);
    expect(await app.call('delete', `/publications/${id}/post`)).toMatchObject({ status: 200 });
  });
});
