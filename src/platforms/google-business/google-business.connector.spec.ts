import type { AppConfig } from '../../common/config/index.js';
import type { AccountRef, OAuth2Spec, OAuthApp, OAuthClient, OAuthToken } from '../core/index.js';
import { GoogleBusinessConnector } from './google-business.connector.js';
import type { GoogleBusinessDirectory, ReachedLocation } from './google-business.directory.js';

const app: OAuthApp = { clientId: 'app', clientSecret: 'secret', extra: {} };
const account: AccountRef = {
  ...{ id: 'a', platform: 'google-business', externalId: 'locations/1' },
  ...{ displayName: 'Bakery', handle: null, metadata: { account: 'accounts/1', mapsUri: null } },
};
const credentials = { values: { accessToken: 't', refreshToken: 'r', clientId: 'app' }, version: 1 };
const callback = {
  ...{ code: 'c', redirectUri: 'http://127.0.0.1:3000/callback', codeVerifier: 'v' },
  ...{ parameters: {}, session: {}, app },
};

function location(no: number, takesPosts = true): ReachedLocation {
  const name = { name: `locations/${no}`, title: `Shop ${no}`, account: 'accounts/1' };
  return { ...name, address: 'Main St 1', mapsUri: null, takesPosts };
}

function setUp(locations: readonly ReachedLocation[]) {
  const revoked: string[] = [];
  const token: OAuthToken = {
    ...{ accessToken: 't', refreshToken: 'r', expiresAt: new Date(0), refreshExpiresAt: null, answer: {} },
    scopes: ['https://www.googleapis.com/auth/business.manage'],
  };
  const oauth: Partial<OAuthClient> = {
    token: () => Promise.resolve(token),
    revoke: (_spec: OAuth2Spec, _app: OAuthApp, value: string) => {
      revoked.push(value);
      return Promise.resolve();
    },
  };
  const directory: Partial<GoogleBusinessDirectory> = {
    locations: () => Promise.resolve([...locations]),
    locationsOf: () => Promise.resolve([...locations]),
  };
  const hosts = { AUTH: 'https://auth.test', TOKEN: 'https://token.test' };
  const config: object = { platform: () => ({ hosts }) };
  const connector = new GoogleBusinessConnector(
    oauth as OAuthClient,
    directory as GoogleBusinessDirectory,
    config as AppConfig,
  );
  return { connector, revoked };
}

describe('the connector of Google Business Profile', () => {
  it('asks for a login that can be renewed', async () => {
    const { connector } = setUp([]);
    const { authorizeUrl } = await connector.startOAuth({
      ...{ redirectUri: callback.redirectUri, state: 's', codeChallenge: 'x', fields: {}, app },
    });
    const { searchParams } = new URL(authorizeUrl);
    expect([searchParams.get('access_type'), searchParams.get('prompt')]).toEqual(['offline', 'consent']);
  });

  it('offers the locations that take posts', async () => {
    const { connector } = setUp([location(1), location(2, false), location(3)]);
    expect(await connector.completeOAuth(callback)).toMatchObject([
      { externalId: 'locations/1', displayName: 'Shop 1', handle: 'Main St 1', expiresAt: null },
      { externalId: 'locations/3', metadata: { account: 'accounts/1' } },
    ]);
  });

  it.each([
    ['no profile at all', [], 'This login manages no business profile.'],
    [
      'none that takes posts',
      [location(1, false)],
      'None of the 1 business profiles of this login takes posts.',
    ],
  ])('says when there is %s', async (_what, locations, message) => {
    await expect(setUp(locations).connector.completeOAuth(callback)).rejects.toMatchObject({
      code: 'google-business.no_locations',
      message,
    });
  });

  it('finds the location again, or says that it is gone', async () => {
    expect(await setUp([location(1)]).connector.check(account, credentials)).toMatchObject({
      displayName: 'Shop 1',
    });
    await expect(setUp([location(2)]).connector.check(account, credentials)).rejects.toMatchObject({
      code: 'google-business.location_gone',
    });
  });

  it('takes the login back only where no other location lives of it', async () => {
    const shared = setUp([location(1), location(2)]);
    await shared.connector.revoke(account, credentials, app);
    expect(shared.revoked).toEqual([]);
    const alone = setUp([location(1), location(2, false)]);
    await alone.connector.revoke(account, credentials, app);
    expect(alone.revoked).toEqual(['r']);
  });
});
