import { ManualClock } from '../../common/clock/index.js';
import type { AppConfig } from '../../common/config/index.js';
import { AddressGuard, HttpAnswer, HttpClient, type OutboundRequest } from '../../common/http/index.js';
import type { AccountRef, Credentials } from '../core/index.js';
import { BlueskyClient } from './bluesky.client.js';
import { BlueskyConnector } from './bluesky.connector.js';
import { BlueskyHosts } from './bluesky.hosts.js';

const clock = new ManualClock('2026-05-01T10:00:00.000Z');
const did = 'did:plc:anna';
const didDoc = {
  service: [
    { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: 'https://pds.example/' },
  ],
};
const session = { did, handle: 'anna.test', accessJwt: 'a1', refreshJwt: 'r1', active: true, didDoc };
const form = { handle: '@Anna.test ', appPassword: 'abcd-abcd-abcd-abcd' };

class FakeHttp extends HttpClient {
  readonly seen: OutboundRequest[] = [];

  constructor(private readonly replies: Record<string, [number, unknown]>) {
    super({ guard: new AddressGuard(), clock });
  }

  override async send(request: OutboundRequest): Promise<HttpAnswer> {
    this.seen.push(request);
    const name = new URL(request.url).pathname.split('.').at(-1) ?? '';
    const [status, body] = this.replies[name] ?? [501, {}];
    return new HttpAnswer(status, {}, Buffer.from(JSON.stringify(body)), request.url);
  }
}

function setUp(replies: Record<string, [number, unknown]>, api = 'https://bsky.social') {
  const http = new FakeHttp(replies);
  const config: Pick<AppConfig, 'platform'> = {
    platform: () => ({
      enabled: true,
      clientId: null,
      clientSecret: null,
      appExtra: {},
      apiVersion: null,
      apiVersionSunset: null,
      hosts: { API: api, VIDEO: 'https://video.example' },
    }),
  };
  const hosts = new BlueskyHosts(config as AppConfig);
  return { http, hosts, connector: new BlueskyConnector(new BlueskyClient(http, clock), hosts, clock) };
}

const account: AccountRef = {
  id: 'a',
  platform: 'bluesky',
  externalId: did,
  displayName: 'anna.test',
  handle: 'anna.test',
  metadata: { serviceUrl: null, pdsUrl: 'https://pds.example', pdsDid: 'did:web:pds.example' },
};
const credentials: Credentials = {
  values: { accessJwt: 'a0', refreshJwt: 'r0', appPassword: 'abcd-abcd-abcd-abcd' },
  version: 1,
};

describe('BlueskyConnector.completeForm', () => {
  it('keeps DID, session, app password and the server that the DID document names', async () => {
    const { http, connector } = setUp({ createSession: [200, session] });
    await expect(connector.completeForm(form)).resolves.toEqual([
      {
        externalId: did,
        displayName: 'anna.test',
        handle: 'anna.test',
        avatarUrl: null,
        metadata: { serviceUrl: null, pdsUrl: 'https://pds.example', pdsDid: 'did:web:pds.example' },
        credentials: { accessJwt: 'a1', refreshJwt: 'r1', appPassword: form.appPassword },
        expiresAt: null,
      },
    ]);
    expect(http.seen[0]?.body).toEqual({
      kind: 'json',
      value: { identifier: 'anna.test', password: form.appPassword },
    });
  });

  it('lets a configured host stand for every server, but keeps the name of the real one', async () => {
    const { connector } = setUp({ createSession: [200, session] }, 'http://127.0.0.1:4001/api');
    const [found] = await connector.completeForm({ ...form, service: 'http://127.0.0.1:4001/api/' });
    expect(found?.metadata).toEqual({ serviceUrl: null, pdsUrl: null, pdsDid: 'did:web:pds.example' });
  });

  it.each([
    [{ ...form, handle: 'anna' }, 'bluesky.handle_invalid'],
    [{ ...form, appPassword: ' ' }, 'bluesky.app_password_missing'],
    [{ ...form, service: 'http://pds.example' }, 'bluesky.server_invalid'],
    [{ ...form, service: 'ftp://pds.example' }, 'bluesky.server_invalid'],
  ])('refuses %j', async (values, code) => {
    const { http, connector } = setUp({});
    await expect(connector.completeForm(values)).rejects.toMatchObject({ code });
    expect(http.seen).toEqual([]);
  });

  it('tells a wrong app password and an account that is not active', async () => {
    const wrong = setUp({ createSession: [401, { error: 'AuthenticationRequired', message: 'Invalid' }] });
    await expect(wrong.connector.completeForm(form)).rejects.toMatchObject({
      kind: 'auth_expired',
      code: 'bluesky.app_password_invalid',
    });
    const inactive = setUp({ createSession: [200, { ...session, active: false, status: 'deactivated' }] });
    await expect(inactive.connector.completeForm(form)).rejects.toMatchObject({
      code: 'bluesky.account_inactive',
    });
  });
});

describe('BlueskyConnector.refresh', () => {
  it('sends the refresh token without a body and takes the new pair', async () => {
    const { http, connector } = setUp({ refreshSession: [200, session] });
    const fresh = await connector.refresh(account, credentials);
    expect(fresh.credentials).toMatchObject({ accessJwt: 'a1', refreshJwt: 'r1' });
    expect(http.seen).toHaveLength(1);
    expect(http.seen[0]).toMatchObject({ headers: { authorization: 'Bearer r0' } });
    expect(http.seen[0]?.body).toBeUndefined();
  });

  it('logs in again when the refresh token has ended', async () => {
    const ended = { error: 'ExpiredToken', message: 'Token has expired' };
    const { http, connector } = setUp({ refreshSession: [400, ended], createSession: [200, session] });
    await connector.refresh(account, credentials);
    expect(http.seen[1]?.body).toMatchObject({ value: { identifier: did } });
  });

  it('does not log in again after an outage or a takedown', async () => {
    for (const reply of [
      [503, {}],
      [401, { error: 'AccountTakedown', message: '' }],
      [429, { error: 'RateLimitExceeded' }],
    ] as [number, unknown][]) {
      const { http, connector } = setUp({ refreshSession: reply, createSession: [200, session] });
      await expect(connector.refresh(account, credentials)).rejects.toMatchObject({ name: 'PublishError' });
      expect(http.seen).toHaveLength(1);
    }
  });

  it('needs a person when the app password is gone too', async () => {
    const { connector } = setUp({
      refreshSession: [400, { error: 'ExpiredToken', message: 'Token has been revoked' }],
      createSession: [401, { error: 'AuthenticationRequired', message: 'Invalid' }],
    });
    await expect(connector.refresh(account, credentials)).rejects.toMatchObject({ kind: 'auth_expired' });
  });
});

describe('BlueskyConnector.check', () => {
  it('asks the account’s own server for a token that nobody uses', async () => {
    const { http, connector } = setUp({ getServiceAuth: [200, { token: 't' }] });
    await expect(connector.check(account, credentials)).resolves.toMatchObject({ handle: 'anna.test' });
    expect(http.seen[0]?.url).toContain('https://pds.example/xrpc/com.atproto.server.getServiceAuth?');
  });
});

describe('BlueskyHosts', () => {
  it('follows no server without https', () => {
    const { hosts } = setUp({});
    const doc = { service: [{ id: `${did}#atproto_pds`, serviceEndpoint: 'http://10.0.0.1' }] };
    expect(hosts.hostsOf(null, doc).pdsUrl).toBeNull();
    expect(hosts.hostsOf('https://own.example', didDoc)).toEqual({
      serviceUrl: 'https://own.example',
      pdsUrl: 'https://pds.example',
      pdsDid: 'did:web:pds.example',
    });
    expect(hosts.hostsOf('https://own.example', null)).toMatchObject({ pdsDid: 'did:web:own.example' });
    expect(hosts.hostsOf('https://own.example:8443', null)).toMatchObject({
      pdsDid: 'did:web:own.example%3A8443',
    });
  });
});
