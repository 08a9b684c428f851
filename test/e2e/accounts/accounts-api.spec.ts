import { choice } from '../../integration/accounts/accounts.fixture.js';
import { authExpired, outage } from '../../integration/accounts/fake.platforms.js';
import { AccountsApiFixture } from './accounts-api.fixture.js';

const unknownId = '0'.repeat(32);

describe('the API of accounts', () => {
  let fixture: AccountsApiFixture;

  beforeAll(async () => {
    fixture = await AccountsApiFixture.start();
  });

  beforeEach(() => {
    for (const connector of [fixture.formy, fixture.oauthy]) {
      connector.onComplete = () => Promise.resolve();
      connector.onCheck = () => Promise.resolve();
    }
  });

  afterAll(() => fixture.stop());

  async function connect(externalId: string): Promise<string> {
    fixture.formy.choices = [choice(externalId, 'tok')];
    const { body: started } = await fixture.call('post', '/accounts/connect/formy', {}).expect(201);
    const path = `/accounts/connect/${String(started.sessionId)}`;
    await fixture.call('post', `${path}/complete`, { credentials: { handle: 'a', token: 't' } }).expect(200);
    const { body } = await fixture.call('post', `${path}/select`, { externalIds: [externalId] }).expect(200);
    return String(body.accounts[0].id);
  }

  it('connects by a form, reads, checks, lists and disconnects', async () => {
    fixture.formy.choices = [choice('one', 'secret-token')];
    const started = await fixture.call('post', '/accounts/connect/formy', {}).expect(201);
    expect(started.body).toMatchObject({
      sessionId: expect.stringMatching(/^con_[0-9a-f]{32}$/),
      platform: 'formy',
      status: 'started',
      fields: [{ name: 'handle' }, { name: 'token', secret: true }, { name: 'port', default: '25' }],
    });
    expect(started.body).not.toHaveProperty('authorizeUrl');

    const path = `/accounts/connect/${String(started.body.sessionId)}`;
    const credentials = { handle: 'anna', token: 'form-secret' };
    const completed = await fixture.call('post', `${path}/complete`, { credentials }).expect(200);
    expect(completed.body.choices).toEqual([
      { externalId: 'one', displayName: 'Account one', handle: '@one', avatarUrl: null },
    ]);
    const selected = await fixture.call('post', `${path}/select`, { externalIds: ['one'] }).expect(200);
    const session = await fixture.call('get', path).expect(200);
    expect(session.body).toEqual(selected.body);
    const [account] = selected.body.accounts;
    expect(account).toEqual({
      id: expect.stringMatching(/^acc_[0-9a-f]{32}$/),
      platform: 'formy',
      externalId: 'one',
      displayName: 'Account one',
      handle: '@one',
      avatarUrl: null,
      state: 'connected',
      brandId: null,
      metadata: { server: 'https://example.test' },
      expiresAt: null,
      reconnectBy: null,
      connectedAt: expect.any(String),
      checkedAt: expect.any(String),
      lastErrorCode: null,
    });
    const said = JSON.stringify([started.body, completed.body, selected.body, session.body]);
    expect(said).not.toContain('secret-token');
    expect(said).not.toContain('form-secret');

    const one = `/accounts/${String(account.id)}`;
    await fixture.call('get', one).expect(200, account);
    const checked = await fixture.call('post', `${one}/check`).expect(200);
    expect(checked.body).toMatchObject({ ok: true, error: null, account: { displayName: 'Account one!' } });
    await fixture.call('delete', one).expect(204);
    await fixture.call('delete', one).expect(204);
    expect((await fixture.call('get', one).expect(200)).body.state).toBe('disconnected');
    expect((await fixture.call('post', `${one}/check`).expect(409)).body.code).toBe('account_disconnected');
    expect(await connect('one')).toBe(account.id);
  });

  it('connects by OAuth, the landing page being ours', async () => {
    fixture.oauthy.choices = [choice('o', 't')];
    const fields = { server: 'https://oauthy.example' };
    const started = await fixture.call('post', '/accounts/connect/oauthy', { fields }).expect(201);
    expect(started.body).not.toHaveProperty('fields');
    const authorize = new URL(String(started.body.authorizeUrl));
    const landed = new URL(authorize.searchParams.get('redirect_uri') ?? '');
    landed.search = new URLSearchParams({
      code: 'c&<b>',
      state: authorize.searchParams.get('state') ?? '',
    }).toString();

    const page = await fixture
      .call('get', `${landed.pathname.replace('/api/v1', '')}${landed.search}`, undefined, '')
      .expect(200)
      .expect('content-type', 'text/html; charset=utf-8')
      .expect('cache-control', 'no-store');
    const shown = /<textarea[^>]*>([^<]*)<\/textarea>/.exec(page.text)?.[1]?.replaceAll('&amp;', '&');
    expect(shown).toBe(landed.href);

    const path = `/accounts/connect/${String(started.body.sessionId)}`;
    const completed = await fixture.call('post', `${path}/complete`, { callbackUrl: shown }).expect(200);
    expect(completed.body).toMatchObject({ status: 'choose', choices: [{ externalId: 'o' }] });
    expect(fixture.oauthy.callbacks.at(-1)?.code).toBe('c&<b>');
    const replayed = await fixture.call('post', `${path}/complete`, { callbackUrl: shown }).expect(409);
    expect(replayed.body).toMatchObject({ code: 'connect_session_state', details: { status: 'choose' } });
  });

  it('pages and filters', async () => {
    const ids = [await connect('p1'), await connect('p2'), await connect('p3')];
    const { body: first } = await fixture.call('get', '/accounts?limit=2&platform=formy').expect(200);
    expect(first.items).toMatchObject([{ id: ids[2] }, { id: ids[1] }]);
    const rest = `/accounts?platform=formy&state=connected&cursor=${String(first.nextCursor)}`;
    const { body: second } = await fixture.call('get', rest).expect(200);
    expect(second.items[0].id).toBe(ids[0]);
    expect(second.nextCursor).toBeNull();
    const { body: none } = await fixture.call('get', '/accounts?platform=nowhere').expect(200);
    expect(none).toEqual({ items: [], nextCursor: null });
  });

  it.each([
    ['get', '/accounts?state=gone', undefined, 422, 'state'],
    ['get', '/accounts?limit=1000', undefined, 422, 'limit'],
    ['get', '/accounts?cursor=x', undefined, 422, 'cursor'],
    ['get', '/accounts?colour=red', undefined, 422, 'colour'],
    ['post', '/accounts/connect/formy', { redirect: 'x' }, 422, 'redirect'],
    ['post', '/api-keys', { name: '' }, 422, 'name'],
    ['post', '/api-keys', { name: 'x', scopes: ['root'] }, 422, 'scopes'],
    ['post', '/api-keys', { name: 'x', expiresAt: 'soon' }, 422, 'expiresAt'],
    ['patch', '/platforms/formy', { enabled: 'no' }, 422, 'enabled'],
  ] as const)('says what is wrong with %s %s %j', async (method, path, body, status, field) => {
    const answer = await fixture.call(method, path, body).expect(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body.errors[0]).toMatchObject({
      pointer: expect.stringContaining(`/${field}`),
      rule: expect.any(String),
      remedy: expect.any(String),
    });
  });

  it.each([
    ['get', `/accounts/acc_${unknownId}`],
    ['get', '/accounts/nonsense'],
    ['post', `/accounts/acc_${unknownId}/check`],
    ['delete', `/accounts/acc_${unknownId}`],
    ['get', `/accounts/connect/con_${unknownId}`],
    ['post', '/accounts/connect/nowhere'],
    ['delete', `/api-keys/key_${unknownId}`],
    ['get', '/platforms/nowhere'],
  ] as const)('does not find %s %s', async (method, path) => {
    const { body } = await fixture.call(method, path, method === 'post' ? {} : undefined).expect(404);
    expect(body).toMatchObject({ status: 404, code: expect.stringContaining('not_found') });
  });

  it('tells a refusal of the platform from an outage', async () => {
    const { body } = await fixture.call('post', '/accounts/connect/formy', {}).expect(201);
    const complete = `/accounts/connect/${String(body.sessionId)}/complete`;
    const input = { credentials: { handle: 'a', token: 't' } };
    fixture.formy.onComplete = () => Promise.reject(authExpired('formy.wrong_password'));
    const refused = await fixture.call('post', complete, input).expect(422);
    expect(refused.body.errors).toEqual([
      {
        pointer: '/credentials',
        rule: 'formy.wrong_password',
        message: 'No longer valid.',
        remedy: 'Connect again.',
      },
    ]);
    fixture.formy.onComplete = () => Promise.reject(outage('formy.down'));
    const down = await fixture.call('post', complete, input).expect(503);
    expect(down.body).toMatchObject({ status: 503, detail: 'Out of order.' });
  });

  it('answers a check that fails with what is the matter', async () => {
    const id = await connect('sick');
    fixture.formy.onCheck = () => Promise.reject(outage('formy.down'));
    const { body } = await fixture.call('post', `/accounts/${id}/check`).expect(200);
    expect(body).toMatchObject({
      ok: false,
      error: { kind: 'transient', code: 'formy.down', retryable: true, remedy: 'Wait.' },
      account: { state: 'connected' },
    });
  });

  it('makes, lists and revokes API keys, and shows each once', async () => {
    const made = await fixture
      .call('post', '/api-keys', { name: 'CI', expiresAt: '2099-01-01T00:00:00Z' })
      .expect(201);
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^key_[0-9a-f]{32}$/),
      scopes: ['read', 'write'],
      expiresAt: '2099-01-01T00:00:00.000Z',
      key: expect.stringMatching(/^fan_/),
    });
    const secret = String(made.body.key);
    await fixture.call('get', '/accounts', undefined, secret).expect(200);
    const listed = await fixture.call('get', '/api-keys').expect(200);
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    await fixture.call('delete', `/api-keys/${String(made.body.id)}`).expect(204);
    await fixture.call('get', '/accounts', undefined, secret).expect(401);
  });

  it('asks for a key, and for the scope that the route needs', async () => {
    const keyOf = async (scope: string): Promise<string> => {
      const { body } = await fixture.call('post', '/api-keys', { name: scope, scopes: [scope] }).expect(201);
      return String(body.key);
    };
    const reader = await keyOf('read');
    const writer = await keyOf('write');
    await fixture.call('get', '/accounts', undefined, '').expect(401);
    await fixture.call('get', '/accounts', undefined, reader).expect(200);
    await fixture.call('post', '/accounts/connect/formy', {}, reader).expect(403);
    await fixture.call('post', '/accounts/connect/formy', {}, writer).expect(201);
    await fixture.call('get', '/api-keys', undefined, writer).expect(403);
    await fixture.call('post', '/api-keys', { name: 'more', scopes: ['admin'] }, writer).expect(403);
  });

  it('repeats an answer for a repeated Idempotency-Key, but never a new API key', async () => {
    const start = () => fixture.call('post', '/accounts/connect/formy', {}).set('idempotency-key', 'once');
    const first = await start().expect(201);
    const again = await start().expect(201).expect('idempotent-replayed', 'true');
    expect(again.body).toEqual(first.body);
    const make = () => fixture.call('post', '/api-keys', { name: 'n' }).set('idempotency-key', 'key');
    const made = await make().expect(201);
    expect((await make().expect(201)).body.key).not.toBe(made.body.key);
  });

  it('describes platforms, and switches them', async () => {
    const { body } = await fixture.call('get', '/platforms').expect(200);
    expect(body.items).toMatchObject([{ key: 'formy' }, { key: 'oauthy' }]);
    expect(body.items[0]).toMatchObject({
      name: 'Formy',
      enabled: true,
      capabilities: { text: { limits: [{ max: 300 }] } },
      settings: { type: 'object' },
      connect: { method: 'token_form', fields: [{ name: 'handle' }, { name: 'token' }, { name: 'port' }] },
    });
    expect(body.items[1].connect).toMatchObject({ method: 'oauth2', startFields: [{ name: 'server' }] });
    const off = await fixture.call('patch', '/platforms/formy', { enabled: false }).expect(200);
    expect(off.body.enabled).toBe(false);
    expect((await fixture.call('get', '/platforms/formy').expect(200)).body.enabled).toBe(false);
    await fixture.call('patch', '/platforms/formy', { enabled: true }).expect(200);
  });
});
