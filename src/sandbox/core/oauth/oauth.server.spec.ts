import { createHash } from 'node:crypto';
import { startSandbox, type Sandbox } from '../../sandbox.js';
import { json } from '../response.js';
import type { Simulator, SimulatorEnvironment } from '../simulator.js';
import { OAuthServer } from './oauth.server.js';

const HOUR = 3_600_000;
const APP = { client_id: 'app', client_secret: 'secret' };
const REDIRECT = 'http://127.0.0.1:9/landing';
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let server: OAuthServer;

/** A platform that has nothing but a login: PKCE, rotation, and refresh tokens for who asks for `offline`. */
function createLogin({ clock, url }: SimulatorEnvironment): Simulator {
  server = new OAuthServer(
    {
      clock,
      apps: [{ clientId: 'app', clientSecret: 'secret', name: 'Fanfare' }],
      people: () => [
        { id: 'ann', name: 'Ann' },
        { id: 'bob', name: 'Bob <b>' },
      ],
      authorize: { host: null, path: '/authorize' },
      token: { host: null, path: '/token' },
      revoke: { host: null, path: '/revoke' },
      scopes: ['read', 'write', 'offline'],
      pkce: 'required',
      accessMs: HOUR,
      refreshMs: 24 * HOUR,
      rotates: true,
      offlineScope: 'offline',
    },
    url,
  );
  return {
    key: 'bluesky',
    name: 'Login',
    hosts: [],
    operations: [
      ...server.operations(),
      {
        name: 'me',
        host: null,
        method: 'GET',
        path: '/me',
        visible: false,
        handle: (request) => {
          const checked = server.checkBearer(request);
          return json(200, checked.ok ? { account: checked.token.accountId } : { reason: checked.reason });
        },
      },
    ],
    reset: () => server.reset(),
    inbox: () => [],
    accounts: () => [],
    createAccount: () => ({ id: 'ann', name: 'Ann', credentials: {} }),
    endTokens: (account, action) => {
      server.end(account, action);
      return true;
    },
    environment: () => server.environment('google-business'),
  };
}

describe('the OAuth server of the sandbox', () => {
  let sandbox: Sandbox;
  let base: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, simulators: [{ key: 'bluesky', create: createLogin }] });
    base = sandbox.info().platforms['bluesky']?.url ?? '';
  });
  beforeEach(() => sandbox.control.reset());
  afterAll(() => sandbox.close());

  const asked = (change: Record<string, string> = {}) => ({
    ...{ response_type: 'code', client_id: 'app', redirect_uri: REDIRECT, state: 'abc' },
    ...{ scope: 'read write offline', code_challenge: CHALLENGE, code_challenge_method: 'S256' },
    ...change,
  });
  const post = (path: string, fields: Record<string, string> | URLSearchParams) =>
    fetch(`${base}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const decide = async (answer: Record<string, string>, change = {}): Promise<URL> => {
    const landed = await post('/authorize', { ...asked(change), ...answer });
    return new URL(landed.headers.get('location') ?? '');
  };
  const codeOf = async (answer: Record<string, string> = {}, change = {}): Promise<string> =>
    (await decide({ account: 'ann', decision: 'allow', ...answer }, change)).searchParams.get('code') ?? '';
  const token = async (fields: Record<string, string>) => {
    const answer = await post('/token', { ...APP, ...fields });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const exchange = (code: string, change = {}) =>
    token({
      ...{ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER },
      ...change,
    });
  const refresh = (value = '') => token({ grant_type: 'refresh_token', refresh_token: value });
  const me = async (access = ''): Promise<unknown> =>
    (await fetch(`${base}/me`, { headers: { authorization: `Bearer ${access}` } })).json();

  it('shows who asks for what, and whom one may be', async () => {
    const page = await (await fetch(`${base}/authorize?${new URLSearchParams(asked()).toString()}`)).text();
    expect(page).toContain('<strong>Fanfare</strong>');
    expect(page).toContain('<option value="bob">Bob &lt;b&gt;</option>');
    expect(page).toContain('<code>write</code>');
    expect(page).toContain(`name="state" value="abc"`);
  });

  it('sends back a code that gives tokens of the person once', async () => {
    const landed = await decide({ account: 'bob', decision: 'allow' });
    expect(landed.searchParams.get('state')).toBe('abc');
    const code = landed.searchParams.get('code') ?? '';
    const { status, body } = await exchange(code);
    expect([status, body]).toEqual([
      200,
      {
        ...{ access_token: expect.any(String), refresh_token: expect.any(String), token_type: 'bearer' },
        ...{ expires_in: 3600, scope: 'read write offline' },
      },
    ]);
    expect(await me(body['access_token'])).toEqual({ account: 'bob' });
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('sends back a refusal', async () => {
    const landed = await decide({ decision: 'deny' });
    expect(Object.fromEntries(landed.searchParams)).toMatchObject({ error: 'access_denied', state: 'abc' });
  });

  it('grants only what was not left out, and no refresh token to who does not ask for it', async () => {
    const left = await exchange(await codeOf({ 'declined[]': 'write' }));
    expect(left.body).toMatchObject({ scope: 'read offline' });
    const { body } = await exchange(await codeOf({}, { scope: 'read' }));
    expect(body).not.toHaveProperty('refresh_token');
  });

  it.each([
    ['an app that it does not know', { client_id: 'other' }],
    ['a scope that it does not know', { scope: 'read everything' }],
    ['no challenge', { code_challenge: '' }],
    ['another kind of challenge', { code_challenge_method: 'plain' }],
    ['another answer than a code', { response_type: 'token' }],
    ['no address to go back to', { redirect_uri: '' }],
  ])('shows a page and sends nobody anywhere for %s', async (_, change) => {
    const given: Record<string, string> = { ...asked(change) };
    const parameters = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    const answer = await fetch(`${base}/authorize?${new URLSearchParams(parameters).toString()}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 'invalid_grant'],
    ['another redirect address', { redirect_uri: `${REDIRECT}/2` }, 'invalid_grant'],
    ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('gives no token for %s', async (_, change, error) => {
    const { status, body } = await exchange(await codeOf(), change);
    expect([status, body['error']]).toEqual([error === 'invalid_client' ? 401 : 400, error]);
  });

  it('gives no token for a code that is over', async () => {
    const code = await codeOf();
    sandbox.control.advanceClock(10 * 60_000);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('rotates: the old refresh token is dead at once, and the new one works', async () => {
    const first = (await exchange(await codeOf())).body;
    const second = await refresh(first['refresh_token']);
    expect(second.status).toBe(200);
    expect(await refresh(first['refresh_token'])).toMatchObject({ body: { error: 'invalid_grant' } });
    expect((await refresh(second.body['refresh_token'])).status).toBe(200);
  });

  it('ends tokens in their time, by its own clock', async () => {
    const { body } = await exchange(await codeOf());
    sandbox.control.advanceClock(HOUR);
    expect(await me(body['access_token'])).toEqual({ reason: 'expired' });
    sandbox.control.advanceClock(23 * HOUR);
    expect(await refresh(body['refresh_token'])).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  it('says why a token is not good: missing, unknown, expired, revoked', async () => {
    const { body } = await exchange(await codeOf());
    expect(await (await fetch(`${base}/me`)).json()).toEqual({ reason: 'missing' });
    expect(await me('made-up')).toEqual({ reason: 'unknown' });
    sandbox.control.endTokens('bluesky', 'ann', 'expire');
    expect(await me(body['access_token'])).toEqual({ reason: 'expired' });
    sandbox.control.endTokens('bluesky', 'ann', 'revoke');
    expect(await me(body['access_token'])).toEqual({ reason: 'revoked' });
    expect(await refresh(body['refresh_token'])).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  it('takes a token back for the app that it belongs to', async () => {
    const { body } = await exchange(await codeOf());
    const given = body['access_token'] ?? '';
    expect((await post('/revoke', { ...APP, token: given })).status).toBe(200);
    expect(await me(given)).toEqual({ reason: 'revoked' });
  });

  it('makes the environment that names its app', () => {
    expect(sandbox.control.env()).toMatchObject({
      PLATFORM_GOOGLE_BUSINESS_CLIENT_ID: 'app',
      PLATFORM_GOOGLE_BUSINESS_CLIENT_SECRET: 'secret',
    });
  });
});
