import { ManualClock } from '../../common/clock/index.js';
import { AddressGuard, HttpAnswer, HttpClient, type OutboundRequest } from '../../common/http/index.js';
import type { AccountRef, OAuthCallback } from '../core/index.js';
import { MastodonClient } from './mastodon.client.js';
import { MastodonConnector } from './mastodon.connector.js';

const clock = new ManualClock('2026-05-01T10:00:00.000Z');

class FakeHttp extends HttpClient {
  readonly seen: OutboundRequest[] = [];

  constructor(private readonly replies: Record<string, [number, unknown]>) {
    super({ guard: new AddressGuard(), clock });
  }

  override async send(request: OutboundRequest): Promise<HttpAnswer> {
    this.seen.push(request);
    const [status, body] = this.replies[new URL(request.url).pathname] ?? [404, '<html>not here</html>'];
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new HttpAnswer(status, {}, Buffer.from(text), request.url);
  }

  bodyOf(path: string): unknown {
    return this.seen.find((request) => new URL(request.url).pathname === path)?.body;
  }
}

const discovery = '/.well-known/oauth-authorization-server';
const app: [number, unknown] = [200, { client_id: 'c1', client_secret: 's1' }];
const profile: [number, unknown] = [
  200,
  { id: '7', username: 'anna', acct: 'anna', display_name: 'Anna', avatar: 'https://m.example/a.png' },
];
const instance: [number, unknown] = [200, { domain: 'example.social', version: '4.5.0' }];

function setUp(replies: Record<string, [number, unknown]>) {
  const http = new FakeHttp(replies);
  return { http, connector: new MastodonConnector(new MastodonClient(http, clock), clock) };
}

const start = {
  app: null,
  redirectUri: 'http://127.0.0.1:3000/api/v1/accounts/connect/callback',
  state: 'state-1',
  codeChallenge: 'challenge-1',
  fields: { instance: '@anna@m.example' },
};

describe('MastodonConnector.startOAuth', () => {
  it('registers an app and sends PKCE where the server names S256', async () => {
    const { http, connector } = setUp({
      '/api/v1/apps': app,
      [discovery]: [
        200,
        {
          code_challenge_methods_supported: ['S256'],
          scopes_supported: ['read:accounts', 'read:statuses', 'write:statuses', 'write:media', 'read'],
        },
      ],
    });
    const { authorizeUrl, session } = await connector.startOAuth(start);
    const url = new URL(authorizeUrl);
    expect(`${url.origin}${url.pathname}`).toBe('https://m.example/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'c1',
      redirect_uri: start.redirectUri,
      scope: 'read:accounts read:statuses write:statuses write:media',
      state: 'state-1',
      code_challenge: 'challenge-1',
      code_challenge_method: 'S256',
    });
    expect(session).toEqual({
      instance: 'https://m.example',
      clientId: 'c1',
      clientSecret: 's1',
      pkce: 'yes',
    });
    expect(http.bodyOf('/api/v1/apps')).toMatchObject({ value: { redirect_uris: start.redirectUri } });
  });

  it('sends no PKCE before 4.3, and wide scopes where the small ones are missing', async () => {
    const plain = await setUp({ '/api/v1/apps': app }).connector.startOAuth(start);
    expect(plain.authorizeUrl).not.toContain('code_challenge');
    expect(plain.session['pkce']).toBe('no');
    const { connector } = setUp({
      '/api/v1/apps': app,
      [discovery]: [200, { scopes_supported: ['read', 'write'] }],
    });
    const wide = new URL((await connector.startOAuth(start)).authorizeUrl);
    expect(wide.searchParams.get('scope')).toBe('read write');
  });

  it('refuses what is no instance, before any call', async () => {
    const { http, connector } = setUp({});
    await expect(connector.startOAuth({ ...start, fields: { instance: 'anna' } })).rejects.toMatchObject({
      code: 'mastodon.instance_invalid',
    });
    expect(http.seen).toEqual([]);
  });
});

describe('MastodonConnector.completeOAuth', () => {
  const callback: OAuthCallback = {
    code: 'code-1',
    redirectUri: start.redirectUri,
    codeVerifier: 'verifier-1',
    parameters: {},
    session: { instance: 'https://m.example', clientId: 'c1', clientSecret: 's1', pkce: 'yes' },
    app: null,
  };

  it('exchanges the code and keeps what the instance allows', async () => {
    const { http, connector } = setUp({
      '/oauth/token': [200, { access_token: 't1', token_type: 'Bearer', created_at: 1 }],
      '/api/v1/accounts/verify_credentials': profile,
      '/api/v2/instance': instance,
    });
    const [account] = await connector.completeOAuth(callback);
    expect(account).toMatchObject({
      externalId: 'm.example/7',
      displayName: 'Anna',
      handle: '@anna@example.social',
      credentials: { clientId: 'c1', clientSecret: 's1', accessToken: 't1' },
      expiresAt: null,
      metadata: { instanceUrl: 'https://m.example', accountId: '7', software: 'mastodon' },
    });
    expect(http.bodyOf('/oauth/token')).toEqual({
      kind: 'form',
      fields: {
        grant_type: 'authorization_code',
        code: 'code-1',
        client_id: 'c1',
        client_secret: 's1',
        redirect_uri: start.redirectUri,
        code_verifier: 'verifier-1',
      },
    });
  });

  it('reads the older instance route, and the end of a dialect’s token', async () => {
    const { http, connector } = setUp({
      '/oauth/token': [200, { access_token: 't1', refresh_token: 'r1', expires_in: 600 }],
      '/api/v1/accounts/verify_credentials': profile,
      '/api/v1/instance': [200, { uri: 'm.example', version: '2.7.2 (compatible; Pleroma 2.5.0)' }],
    });
    const session = { ...callback.session, pkce: 'no' };
    const [account] = await connector.completeOAuth({ ...callback, session });
    expect(account).toMatchObject({
      metadata: { software: 'pleroma' },
      credentials: { refreshToken: 'r1' },
      expiresAt: new Date('2026-05-01T10:10:00.000Z'),
    });
    expect(http.bodyOf('/oauth/token')).not.toHaveProperty('fields.code_verifier');
  });

  it('says that connecting has to start again when the code is refused', async () => {
    const { connector } = setUp({
      '/oauth/token': [400, { error: 'invalid_grant', error_description: 'The code is invalid.' }],
    });
    await expect(connector.completeOAuth(callback)).rejects.toMatchObject({ code: 'mastodon.code_invalid' });
  });
});

const account: AccountRef = {
  id: 'a',
  platform: 'mastodon',
  externalId: 'm.example/7',
  displayName: 'Anna',
  handle: '@anna@m.example',
  metadata: { instanceUrl: 'https://m.example', accountId: '7' },
};
const values = { accessToken: 't1', clientId: 'c1', clientSecret: 's1' };

describe('MastodonConnector after connecting', () => {
  it('checks the token and reads the limits anew', async () => {
    const { connector } = setUp({
      '/api/v1/accounts/verify_credentials': profile,
      '/api/v2/instance': [200, { version: '4.5.0', configuration: { statuses: { max_characters: 9 } } }],
    });
    await expect(connector.check(account, { values, version: 1 })).resolves.toMatchObject({
      displayName: 'Anna',
      metadata: { accountId: '7', limits: { maxCharacters: 9 } },
    });
  });

  it('has nothing to renew on Mastodon itself, and renews where there is a refresh token', async () => {
    const { http, connector } = setUp({ '/oauth/token': [200, { access_token: 't2', expires_in: 60 }] });
    await expect(connector.refresh(account, { values, version: 1 })).resolves.toBeNull();
    expect(http.seen).toEqual([]);
    const fresh = await connector.refresh(account, { values: { ...values, refreshToken: 'r1' }, version: 1 });
    expect(fresh?.credentials).toEqual({ ...values, accessToken: 't2', refreshToken: 'r1' });
    expect(http.bodyOf('/oauth/token')).toMatchObject({ fields: { grant_type: 'refresh_token' } });
  });

  it('revokes its token', async () => {
    const { http, connector } = setUp({ '/oauth/revoke': [200, {}] });
    await connector.revoke(account, { values, version: 1 });
    expect(http.bodyOf('/oauth/revoke')).toEqual({
      kind: 'form',
      fields: { client_id: 'c1', client_secret: 's1', token: 't1' },
    });
  });
});
