import { stringAt } from '../core/json.js';
import { type Answer, BlueskyRig, post } from './bluesky.rig.js';

describe('Bluesky simulator', () => {
  const rig = new BlueskyRig();
  const { get, put, procedure, call, login, url } = rig;

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => expect(rig.control.unexpected()).toEqual([]));
  afterAll(() => rig.stop());

  describe('sessions', () => {
    it('tells who the account is and where its server stands', async () => {
      const { json } = await get('com.atproto.server.getSession', {}, rig.session.access);
      expect(json).toMatchObject({ did: rig.session.did, handle: 'alice.test', active: true });
      const document = await call('PLC', `/${rig.session.did}`);
      expect(document.json).toEqual(json['didDoc']);
      expect(document.json['service']).toMatchObject([{ id: '#atproto_pds', serviceEndpoint: url('API') }]);
      expect((await call('PLC', '/did:plc:none')).status).toBe(404);
    });

    it('refuses a wrong password and a missing token', async () => {
      expect((await login('wrong')).did).toBe('');
      const { status, json } = await get('com.atproto.server.getSession');
      expect([status, json['error']]).toEqual([401, 'AuthMissing']);
      expect((await procedure('com.atproto.server.refreshSession', null)).json['error']).toBe('InvalidToken');
    });

    it('answers an expired access token with 400 ExpiredToken', async () => {
      rig.control.advanceClock(2 * 3_600_000 - 60_000);
      expect((await get('com.atproto.server.getSession', {}, rig.session.access)).status).toBe(200);
      rig.control.advanceClock(60_000);
      const { status, json } = await get('com.atproto.server.getSession', {}, rig.session.access);
      expect([status, json['error']]).toEqual([400, 'ExpiredToken']);
    });

    it('gives the same successor for an old refresh token during two hours', async () => {
      const refresh = (): Promise<Answer> =>
        procedure('com.atproto.server.refreshSession', null, rig.session.refresh);
      const first = await refresh();
      rig.control.advanceClock(2 * 3_600_000 - 60_000);
      expect((await refresh()).json['refreshJwt']).toBe(first.json['refreshJwt']);
      rig.control.advanceClock(60_000);
      expect((await refresh()).json['error']).toBe('ExpiredToken');
      const next = await procedure(
        'com.atproto.server.refreshSession',
        null,
        stringAt(first.json, 'refreshJwt') ?? '',
      );
      expect(next.status).toBe(200);
    });

    it('ends access by expiry, and refreshing by revocation', async () => {
      rig.control.endTokens('bluesky', rig.session.did, 'revoke');
      expect((await put(post('still in'))).status).toBe(200);
      const { status, json } = await procedure(
        'com.atproto.server.refreshSession',
        null,
        rig.session.refresh,
      );
      expect([status, json]).toEqual([400, { error: 'ExpiredToken', message: 'Token has been revoked' }]);
      expect((await login()).did).toBe('');
      rig.control.endTokens('bluesky', 'alice.test', 'expire');
      expect((await put(post('out'), { rkey: '3kabcdefghij3' })).json['error']).toBe('ExpiredToken');
      const fresh = rig.control.createAccount('bluesky', { handle: 'alice.test' });
      expect((await login(fresh.credentials['appPassword'])).did).toBe(rig.session.did);
    });

    it('refuses a blocked account with 401', async () => {
      rig.control.createAccount('bluesky', { handle: 'alice.test', status: 'takendown' });
      const { status, json } = await put(post('x'));
      expect([status, json['error']]).toEqual([401, 'AccountTakedown']);
    });

    it('answers the 31st login of five minutes with 429 and the time of the reset', async () => {
      for (let count = 0; count < 29; count += 1) await login('wrong');
      const answer = await call('API', '/xrpc/com.atproto.server.createSession', {
        method: 'POST',
        body: JSON.stringify({ identifier: 'alice.test', password: 'alic-eapp-pass-word' }),
        headers: { 'content-type': 'application/json' },
      });
      expect([answer.status, answer.json['error']]).toEqual([429, 'RateLimitExceeded']);
      expect(answer.headers.get('ratelimit-policy')).toBe('30;w=300');
      expect(answer.headers.get('ratelimit-remaining')).toBe('0');
      expect(answer.headers.get('retry-after')).toBeNull();
      const reset = Number(answer.headers.get('ratelimit-reset')) * 1000;
      expect(reset - Date.now()).toBeGreaterThan(290_000);
      rig.control.advanceClock(301_000);
      expect((await login()).did).toBe(rig.session.did);
    });
  });

  describe('identity', () => {
    it('resolves a handle and refuses an unknown one', async () => {
      expect((await get('com.atproto.identity.resolveHandle', { handle: 'alice.test' })).json).toEqual({
        did: rig.session.did,
      });
      const missing = await get('com.atproto.identity.resolveHandle', { handle: 'nobody.test' });
      expect([missing.status, missing.json['error']]).toEqual([400, 'InvalidRequest']);
      expect((await get('com.atproto.server.describeServer')).json['did']).toMatch(
        /^did:web:127\.0\.0\.1%3A\d+$/,
      );
    });
  });
});
