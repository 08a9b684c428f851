import { createHash } from 'node:crypto';
import { stringAt, type JsonObject } from '../core/json.js';
import { idOf, MastodonRig, REDIRECT, TOKEN, type Answer } from './mastodon.rig.js';

describe('Mastodon simulator', () => {
  const rig = new MastodonRig();
  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => rig.end());
  afterAll(() => rig.stop());

  describe('connecting', () => {
    const register = (fields: JsonObject = {}): Promise<Answer> =>
      rig.call('POST', '/api/v1/apps', {
        token: null,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_name: 'Fanfare',
          redirect_uris: [REDIRECT],
          scopes: 'profile read:statuses write:statuses write:media',
          website: 'https://example.com',
          ...fields,
        }),
      });

    async function authorize(
      app: Answer,
      more: Record<string, string> = {},
    ): Promise<{ page: string; status: number; location: URL | null }> {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: stringAt(app.json, 'client_id') ?? '',
        redirect_uri: REDIRECT,
        scope: 'profile write:statuses',
        state: 'st',
        ...more,
      });
      const shown = await fetch(`${rig.base}/oauth/authorize?${query.toString()}`);
      const page = await shown.text();
      const fields = new URLSearchParams();
      for (const [, name = '', value = ''] of page.matchAll(
        /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
      ))
        fields.set(name, value);
      fields.set('decision', more['decision'] ?? 'allow');
      const sent = await fetch(`${rig.base}/oauth/authorize`, {
        method: 'POST',
        body: fields,
        redirect: 'manual',
      });
      const location = sent.headers.get('location');
      return { page, status: shown.status, location: location === null ? null : new URL(location) };
    }

    const exchange = (app: Answer, code: string, more: Record<string, string> = {}): Promise<Answer> =>
      rig.form('/oauth/token', {
        grant_type: 'authorization_code',
        code,
        client_id: stringAt(app.json, 'client_id') ?? '',
        client_secret: stringAt(app.json, 'client_secret') ?? '',
        redirect_uri: REDIRECT,
        ...more,
      });

    it('goes from registration over consent to a token with the granted scopes', async () => {
      const app = await register();
      expect(app.json).toMatchObject({ redirect_uris: [REDIRECT], client_secret_expires_at: 0 });
      const verifier = 'v'.repeat(50);
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const { page, location } = await authorize(app, {
        code_challenge: challenge,
        code_challenge_method: 'S256',
      });
      expect(page).toContain('<form method="post" action="/oauth/authorize">');
      expect(page).toContain('<strong>Fanfare</strong>');
      expect(`${location?.origin}${location?.pathname}`).toBe(REDIRECT);
      expect(location?.searchParams.get('state')).toBe('st');
      const code = location?.searchParams.get('code') ?? '';
      const { json } = await exchange(app, code, { code_verifier: verifier });
      expect(json).toMatchObject({ token_type: 'Bearer', scope: 'profile write:statuses' });
      expect(Object.keys(json).sort()).toEqual(['access_token', 'created_at', 'scope', 'token_type']);
      const token = stringAt(json, 'access_token') ?? '';
      const me = await rig.call('GET', '/api/v1/accounts/verify_credentials', { token });
      expect(me.json).toMatchObject({ username: 'alice', url: `${rig.base}/@alice` });
      expect((await rig.post({ status: 'with an app' }, {}, token)).json).toMatchObject({
        application: { name: 'Fanfare' },
      });
      const outside = await rig.call('GET', `/api/v1/accounts/${idOf(me)}/statuses`, { token });
      expect([outside.status, outside.json['error']]).toEqual([
        403,
        'This action is outside the authorized scopes',
      ]);
    });

    it('gives a code once, to the right app, address and verifier', async () => {
      const [app, other] = [await register(), await register()];
      const challenge = { code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' };
      const code = async (more: Record<string, string> = {}): Promise<string> =>
        (await authorize(app, more)).location?.searchParams.get('code') ?? '';
      const wrong = [
        await exchange(app, await code(challenge), { code_verifier: 'x'.repeat(43) }),
        await exchange(app, await code(challenge)),
        await exchange(other, await code()),
        await exchange(app, await code(), { redirect_uri: 'http://other' }),
        await exchange(app, 'none'),
      ];
      expect(wrong.map(({ status, json }) => [status, json['error']])).toEqual(
        Array(5).fill([400, 'invalid_grant']),
      );
      const good = await code();
      expect((await exchange(app, good)).status).toBe(200);
      expect((await exchange(app, good)).status).toBe(400);
      const late = await code();
      rig.control.advanceClock(11 * 60_000);
      expect((await exchange(app, late)).status).toBe(400);
      const client = await exchange(app, await code(), { client_secret: 'wrong' });
      expect([client.status, client.json['error']]).toEqual([401, 'invalid_client']);
    });

    it('hands a refusal of the person back, and shows wrong requests on the page', async () => {
      const app = await register();
      const denied = await fetch(`${rig.base}/oauth/authorize`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({
          response_type: 'code',
          client_id: stringAt(app.json, 'client_id') ?? '',
          redirect_uri: REDIRECT,
          scope: 'profile',
          decision: 'deny',
        }),
      });
      expect(denied.headers.get('location')).toContain(`${REDIRECT}?error=access_denied`);
      const statuses = [
        await authorize(app, { client_id: 'x' }),
        await authorize(app, { redirect_uri: 'http://evil' }),
        await authorize(app, { scope: 'push' }),
        await authorize(app, { code_challenge: 'x', code_challenge_method: 'plain' }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([401, 400, 400, 400]);
    });

    it('shows the code on the page for an out-of-band address', async () => {
      const oob = 'urn:ietf:wg:oauth:2.0:oob';
      const app = await register({ redirect_uris: oob });
      const sent = await fetch(`${rig.base}/oauth/authorize`, {
        method: 'POST',
        body: new URLSearchParams({
          response_type: 'code',
          client_id: stringAt(app.json, 'client_id') ?? '',
          redirect_uri: oob,
          scope: 'profile',
          account: 'bob',
          decision: 'allow',
        }),
      });
      const code = /<code>([^<]+)<\/code>/.exec(await sent.text())?.[1] ?? '';
      const token = stringAt((await exchange(app, code, { redirect_uri: oob })).json, 'access_token') ?? '';
      expect((await rig.call('GET', '/api/v1/accounts/verify_credentials', { token })).json['username']).toBe(
        'bob',
      );
    });

    it('refuses bad registrations', async () => {
      const bad = [{ client_name: '' }, { redirect_uris: ['nowhere'] }, { scopes: 'everything' }];
      for (const fields of bad) expect((await register(fields)).status).toBe(422);
    });

    it('revokes a token of the app, again and again, but no foreign one', async () => {
      const app = await register();
      const code = (await authorize(app)).location?.searchParams.get('code') ?? '';
      const token = stringAt((await exchange(app, code)).json, 'access_token') ?? '';
      const revoke = (value: string): Promise<Answer> =>
        rig.form('/oauth/revoke', {
          client_id: stringAt(app.json, 'client_id') ?? '',
          client_secret: stringAt(app.json, 'client_secret') ?? '',
          token: value,
        });
      expect([
        (await revoke(token)).status,
        (await revoke(token)).status,
        (await revoke(TOKEN)).status,
      ]).toEqual([200, 200, 403]);
      const { status, json } = await rig.call('GET', '/api/v1/accounts/verify_credentials', { token });
      expect([status, json['error']]).toEqual([401, 'The access token was revoked']);
    });

    it('refuses the token of an app where a user is needed', async () => {
      const app = await register();
      const { json } = await exchange(app, '', { grant_type: 'client_credentials', scope: 'write:statuses' });
      const answer = await rig.post({ status: 'x' }, {}, stringAt(json, 'access_token') ?? '');
      expect([answer.status, answer.json['error']]).toEqual([
        422,
        'This method requires an authenticated user',
      ]);
    });

    it('publishes its metadata', async () => {
      const metadata = await rig.call('GET', '/.well-known/oauth-authorization-server', { token: null });
      expect(metadata.json).toMatchObject({
        token_endpoint: `${rig.base}/oauth/token`,
        code_challenge_methods_supported: ['S256'],
      });
      const links = await rig.call('GET', '/.well-known/nodeinfo', { token: null });
      expect(links.json).toMatchObject({ links: [{ href: `${rig.base}/nodeinfo/2.0` }] });
      expect((await rig.call('GET', '/nodeinfo/2.0', { token: null })).json).toMatchObject({
        software: { name: 'mastodon' },
      });
    });
  });

  describe('tokens', () => {
    it.each<['expire' | 'revoke', string]>([
      ['expire', 'The access token expired'],
      ['revoke', 'The access token was revoked'],
    ])('answers 401 after %s, and a fresh token works', async (action, error) => {
      rig.control.endTokens('mastodon', 'alice', action);
      const answer = await rig.post({ status: 'x' });
      expect([answer.status, answer.json['error']]).toEqual([401, error]);
      const fresh = rig.control.createAccount('mastodon', { username: 'alice' });
      expect((await rig.post({ status: 'x' }, {}, fresh.credentials['accessToken'])).status).toBe(200);
    });

    it('answers 401 to an unknown token and 403 to a disabled login', async () => {
      expect((await rig.post({ status: 'x' }, {}, 'nonsense')).json['error']).toBe(
        'The access token is invalid',
      );
      rig.control.createAccount('mastodon', { username: 'alice', login: 'disabled' });
      const { status, json } = await rig.post({ status: 'x' });
      expect([status, json['error']]).toEqual([403, 'Your login is currently disabled']);
    });
  });
});
