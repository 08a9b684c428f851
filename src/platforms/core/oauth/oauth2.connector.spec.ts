import { ManualClock } from '../../../common/clock/index.js';
import { HttpAnswer, type HttpClient, type OutboundRequest } from '../../../common/http/index.js';
import type { AccountRef } from '../account.js';
import type { AccountCheck, ConnectableAccount } from '../connector.js';
import type { OAuthApp } from '../oauth-app.js';
import { OAuthClient } from './oauth.client.js';
import type { OAuth2Spec } from './oauth.types.js';
import { OAuth2Connector, type OAuthGrant } from './oauth2.connector.js';

const app: OAuthApp = { clientId: 'app:1', clientSecret: 'geheim', extra: {} };
const account: AccountRef = {
  id: 'a',
  platform: 'example',
  externalId: '1',
  displayName: 'Anna',
  handle: null,
  metadata: {},
};
const redirectUri = 'http://127.0.0.1:3000/callback';

class Example extends OAuth2Connector {
  constructor(
    oauth: OAuthClient,
    readonly changes: Partial<OAuth2Spec>,
  ) {
    super(oauth);
  }
  protected specFor(): OAuth2Spec {
    return {
      platform: 'example',
      authorizeUrl: 'https://example.test/authorize',
      tokenUrl: 'https://example.test/token',
      revokeUrl: 'https://example.test/revoke',
      hosts: ['https://example.test'],
      scopes: ['read', 'write'],
      optionalScopes: ['metrics'],
      errors: { platform: 'example', rows: [] },
      ...this.changes,
    };
  }
  protected listAccounts(grant: OAuthGrant): Promise<readonly ConnectableAccount[]> {
    const credentials = this.credentialsOf(grant);
    const metadata = { missing: [...grant.missingScopes] };
    return Promise.resolve([
      {
        externalId: '1',
        displayName: 'Anna',
        handle: null,
        avatarUrl: null,
        metadata,
        credentials,
        expiresAt: null,
      },
    ]);
  }
  check(): Promise<AccountCheck> {
    return Promise.resolve({ displayName: 'Anna', handle: null, avatarUrl: null, metadata: {} });
  }
}

function setUp(answer: [status: number, body: unknown], changes: Partial<OAuth2Spec> = {}) {
  const seen: OutboundRequest[] = [];
  const http: Pick<HttpClient, 'send'> = {
    send: (request) => {
      seen.push(request);
      return Promise.resolve(
        new HttpAnswer(answer[0], {}, Buffer.from(JSON.stringify(answer[1])), request.url),
      );
    },
  };
  const clock = new ManualClock(new Date('2026-11-01T00:00:00Z'));
  return { seen, connector: new Example(new OAuthClient(http as HttpClient, clock), changes) };
}

const callback = { code: 'c', redirectUri, codeVerifier: 'v', parameters: {}, session: {}, app };
const stored = { values: { accessToken: 'a1', refreshToken: 'r1', clientId: 'app:1' }, version: 1 };

describe('OAuth2Connector', () => {
  it('makes the authorize URL with the names and separators of the platform', async () => {
    const { connector } = setUp([200, {}], {
      clientIdName: 'client_key',
      scopeSeparator: ',',
      authorizeParameters: { access_type: 'offline' },
    });
    const input = { redirectUri, state: 's 1', codeChallenge: 'ch', fields: {}, app };
    const { authorizeUrl } = await connector.startOAuth(input);
    expect(authorizeUrl).toBe(
      'https://example.test/authorize?client_key=app%3A1&response_type=code' +
        '&redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fcallback&scope=read%2Cwrite%2Cmetrics&state=s%201' +
        '&code_challenge=ch&code_challenge_method=S256&access_type=offline',
    );
  });

  it('says how to configure an app when there is none', async () => {
    const { connector } = setUp([200, {}]);
    const input = { redirectUri, state: 's', codeChallenge: null, fields: {}, app: null };
    await expect(connector.startOAuth(input)).rejects.toMatchObject({
      code: 'example.app_credentials_missing',
      remedy: expect.stringContaining('PLATFORM_EXAMPLE_CLIENT_ID'),
    });
  });

  it('exchanges the code, the app in the body', async () => {
    const { connector, seen } = setUp([200, { access_token: 'a', refresh_token: 'r', scope: 'read write' }]);
    const [choice] = await connector.completeOAuth(callback);
    expect(choice).toMatchObject({
      credentials: { accessToken: 'a', refreshToken: 'r', clientId: 'app:1' },
      metadata: { missing: ['metrics'] },
    });
    expect(seen[0]?.body).toEqual({
      kind: 'form',
      fields: {
        client_id: 'app:1',
        client_secret: 'geheim',
        grant_type: 'authorization_code',
        code: 'c',
        redirect_uri: redirectUri,
        code_verifier: 'v',
      },
    });
  });

  it('exchanges the code, the app in the header', async () => {
    const { connector, seen } = setUp([200, { access_token: 'a', scope: 'read,write,metrics' }], {
      clientAuth: 'basic',
    });
    await connector.completeOAuth(callback);
    expect(seen[0]?.headers).toEqual({
      authorization: `Basic ${Buffer.from('app%3A1:geheim').toString('base64')}`,
    });
    expect(JSON.stringify(seen[0]?.body)).not.toContain('geheim');
  });

  it('refuses a login that lacks what publishing needs, by name', async () => {
    const { connector } = setUp([200, { access_token: 'a', scope: 'read' }]);
    await expect(connector.completeOAuth(callback)).rejects.toMatchObject({
      code: 'example.scopes_missing',
      message: 'The login does not allow what publishing needs: write.',
    });
  });

  it.each([
    ['rotates', { access_token: 'a2', refresh_token: 'r2' }, { accessToken: 'a2', refreshToken: 'r2' }],
    ['keeps', { access_token: 'a2' }, { accessToken: 'a2', refreshToken: 'r1' }],
  ])('%s the refresh token as the platform does', async (_name, body, credentials) => {
    const { connector } = setUp([200, body]);
    await expect(connector.refresh(account, stored, app)).resolves.toMatchObject({ credentials });
  });

  it('does not end an account whose access token is short-lived', async () => {
    const body = { access_token: 'a', refresh_token: 'r', expires_in: 60, refresh_token_expires_in: '86400' };
    const { connector } = setUp([200, body]);
    const { expiresAt } = (await connector.refresh(account, stored, app)) ?? {};
    expect(expiresAt).toEqual(new Date('2026-11-02T00:00:00Z'));
  });

  it.each([
    ['a dead refresh token', 400, { error: 'invalid_grant' }, 'auth_expired', 'example.grant_invalid'],
    ['an error with status 200', 200, { error: 'invalid_grant' }, 'auth_expired', 'example.grant_invalid'],
    [
      'a wrong secret',
      401,
      { error: 'invalid_client' },
      'content_refused',
      'example.app_credentials_refused',
    ],
    ['an outage', 503, '<html>', 'outcome_unknown', 'example.unlisted_503'],
    ['no token at all', 200, { hello: 1 }, 'transient', 'example.unreadable_token'],
  ])('tells %s apart', async (_name, status, body, kind, code) => {
    const { connector } = setUp([status, body]);
    await expect(connector.refresh(account, stored, app)).rejects.toMatchObject({ kind, code });
  });

  it('lets the rows of the platform go before the usual ones', async () => {
    const row = { operation: 'token', code: 'invalid_grant', kind: 'transient', name: 'try_again' } as const;
    const rows = [{ ...row, message: '', remedy: '', evidence: '' }];
    const { connector } = setUp([400, { error: 'invalid_grant' }], { errors: { platform: 'example', rows } });
    await expect(connector.refresh(account, stored, app)).rejects.toMatchObject({
      code: 'example.try_again',
    });
  });

  it('renews nothing with another app than the one the account was connected with', async () => {
    const { connector, seen } = setUp([200, { access_token: 'a' }]);
    const other = { ...app, clientId: 'app:2' };
    await expect(connector.refresh(account, stored, other)).rejects.toMatchObject({
      code: 'example.app_changed',
    });
    expect(seen).toEqual([]);
  });

  it('gives the login back', async () => {
    const { connector, seen } = setUp([200, {}]);
    await connector.revoke(account, stored, app);
    expect(seen[0]).toMatchObject({ url: 'https://example.test/revoke', body: { fields: { token: 'r1' } } });
  });

  it('gives it back without saying which app it is, where the platform wants the token alone', async () => {
    const { connector, seen } = setUp([200, {}], { revokesByTokenAlone: true });
    await connector.revoke(account, stored, app);
    expect(seen[0]?.body).toEqual({ kind: 'form', fields: { token: 'r1' } });
  });

  it('reads the shape of a list, as one platform has it', async () => {
    const { connector } = setUp([200, { data: [{ access_token: 'a', permissions: 'read,write' }] }]);
    await expect(connector.completeOAuth(callback)).resolves.toHaveLength(1);
  });
});
