import { TestApp } from '../support/app/test-app.js';

describe('brands', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const create = async (name: string): Promise<string> =>
    (await app.call('post', '/brands', { body: { name } })).body.id;

  it('are made, listed, renamed and deleted', async () => {
    const made = await app.call('post', '/brands', { body: { name: '  Acme  ' } });
    expect(made).toMatchObject({ status: 201, body: { name: 'Acme' } });
    const { id } = made.body;
    const other = await create('Other');
    expect((await app.call('get', '/brands')).body).toMatchObject({
      items: [{ id: other }, { id, name: 'Acme' }],
      nextCursor: null,
    });
    const page = await app.call('get', '/brands?limit=1');
    expect(page.body).toMatchObject({ items: [{ id: other }], nextCursor: other });
    expect((await app.call('get', `/brands?limit=1&cursor=${page.body.nextCursor}`)).body).toMatchObject({
      items: [{ id }],
      nextCursor: null,
    });
    expect(await app.call('patch', `/brands/${id}`, { body: { name: 'Acme Coffee' } })).toMatchObject({
      status: 200,
      body: { name: 'Acme Coffee' },
    });
    expect(await app.call('patch', `/brands/${id}`, { body: { name: 'Other' } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/name', rule: 'name_taken', remedy: expect.any(String) }] },
    });
    expect((await app.call('delete', `/brands/${id}`)).status).toBe(204);
    expect(await app.call('get', `/brands/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'brand_not_found' },
    });
  });

  it('belong to one workspace, and so do the accounts in them', async () => {
    const id = await create('Ours');
    const key = await app.newKey(['admin'], await app.newWorkspace());
    expect((await app.call('get', `/brands/${id}`, { key })).status).toBe(404);
    expect((await app.call('post', `/brands/${id}/hold`, { key })).status).toBe(404);
    const theirs = (await app.call('post', '/brands', { key, body: { name: 'Theirs' } })).body.id;
    const accountId = await app.connect('mastodon');
    expect(await app.call('patch', `/accounts/${accountId}`, { body: { brandId: theirs } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/brandId', rule: 'brand_unknown' }] },
    });
  });

  it('hold their accounts, and let them go', async () => {
    const id = await create('Held');
    const accountId = await app.connect('mastodon');
    expect(await app.call('patch', `/accounts/${accountId}`, { body: { brandId: id } })).toMatchObject({
      status: 200,
      body: { id: accountId, brandId: id },
    });
    expect((await app.call('get', `/accounts?brandId=${id}`)).body.items).toHaveLength(1);
    expect(await app.call('delete', `/brands/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'brand_not_empty', errors: [{ remedy: expect.any(String) }] },
    });
    const before = app.sandbox.control.inbox('mastodon').length;
    expect((await app.call('post', `/brands/${id}/hold`, { body: { reason: 'Rebranding' } })).status).toBe(
      200,
    );
    const post = { text: 'Not yet', scheduledFor: 'now', targets: [{ accountId }] };
    const { body } = await app.call('post', '/posts', { body: post });
    await app.settle();
    expect(app.sandbox.control.inbox('mastodon')).toHaveLength(before);
    expect((await app.call('get', `/posts/${body.id}/explain`)).body.summary).toEqual([
      'mastodon: The brand is on hold (Rebranding): nothing of it goes out.',
    ]);
    expect((await app.call('post', `/brands/${id}/resume`)).body).toEqual({ publications: 1 });
    await app.settle();
    expect(app.sandbox.control.inbox('mastodon')).toHaveLength(before + 1);
  });
});
