import { TestApp } from '../support/app/test-app.js';

describe('switching a platform through the API', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const change = (body: object, key?: string) =>
    app.call('patch', '/platforms/mastodon', { body, ...(key === undefined ? {} : { key }) });

  it("for the workspace is everybody's right who may write, and says who has switched it off", async () => {
    const writer = await app.newKey(['write']);
    expect(await change({ enabled: false, whenDue: 'wait' }, writer)).toMatchObject({
      status: 200,
      body: { enabled: false, switchedOff: { by: 'workspace', whenDue: 'wait' } },
    });
    expect(await change({ enabled: true }, writer)).toMatchObject({
      status: 200,
      body: { enabled: true, switchedOff: null },
    });
  });

  it("for the instance is refused for every key that is no operator's, with what to do", async () => {
    const admin = await app.newKey(['read', 'write', 'admin']);
    expect(await change({ enabled: false, scope: 'instance' }, admin)).toMatchObject({
      status: 403,
      body: {
        code: 'scope_missing',
        errors: [{ remedy: expect.stringContaining('npm run keys -- create --scopes operator') }],
      },
    });
    const another = await app.call('post', '/api-keys', {
      body: { name: 'more', scopes: ['operator'] },
      key: admin,
    });
    expect(another).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
  });

  it('for the instance holds for every workspace, and none of them can switch it on', async () => {
    const tenant = await app.newKey(['admin'], await app.newWorkspace());
    expect(await change({ enabled: false, scope: 'instance' })).toMatchObject({
      status: 200,
      body: { switchedOff: { by: 'instance', whenDue: 'skip' } },
    });
    expect(await app.call('get', '/platforms/mastodon', { key: tenant })).toMatchObject({
      body: { enabled: false, switchedOff: { by: 'instance' } },
    });
    expect(await change({ enabled: true }, tenant)).toMatchObject({
      status: 409,
      body: { code: 'platform_off_by_instance' },
    });
    expect(await change({ enabled: true, scope: 'instance' })).toMatchObject({ body: { switchedOff: null } });
    expect(await app.call('get', '/platforms/mastodon', { key: tenant })).toMatchObject({
      body: { enabled: true },
    });
  });

  it('names the field that is wrong', async () => {
    expect(await change({ enabled: false, whenDue: 'later', scope: 'world' })).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ pointer: '/whenDue' })]) },
    });
  });
});
