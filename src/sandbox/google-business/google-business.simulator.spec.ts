import type { JsonObject } from '../core/json.js';
import { GoogleBusinessRig, type Answer } from './google-business.rig.js';

const DAY_MS = 24 * 60 * 60_000;

describe('Google Business Profile simulator: login and directory', () => {
  const rig = new GoogleBusinessRig();

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => expect(rig.sandbox.control.unexpected()).toEqual([]));
  afterAll(() => rig.sandbox.close());

  const refresh = (refresh_token: string): Promise<Answer> =>
    rig.token({ grant_type: 'refresh_token', refresh_token });
  const refreshTokenOf = async (query: Record<string, string> = {}): Promise<string> =>
    String((await rig.exchange(query)).json['refresh_token'] ?? '');
  const dead = {
    status: 400,
    json: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
  };

  describe('login', () => {
    it('gives a refresh token after offline access and a prompt, and only then', async () => {
      expect((await rig.exchange()).json).toMatchObject({
        token_type: 'Bearer',
        expires_in: 3600,
        refresh_token: expect.any(String),
      });
      expect((await rig.exchange({ prompt: 'select_account' })).json).not.toHaveProperty('refresh_token');
      expect((await rig.exchange({ access_type: 'online' })).json).not.toHaveProperty('refresh_token');
    });

    it('keeps the refresh token, does not say it again, and forgets it after half a year without use', async () => {
      const kept = await refreshTokenOf();
      const renewed = await refresh(kept);
      expect(renewed).toMatchObject({ status: 200, json: { access_token: expect.any(String) } });
      expect(renewed.json).not.toHaveProperty('refresh_token');
      rig.sandbox.control.advanceClock(150 * DAY_MS);
      expect(await refresh(kept)).toMatchObject({ status: 200 });
      rig.sandbox.control.advanceClock(150 * DAY_MS);
      expect(await refresh(kept)).toMatchObject({ status: 200 });
      rig.sandbox.control.advanceClock(190 * DAY_MS);
      expect(await refresh(kept)).toMatchObject(dead);
    });

    it('ends refresh tokens after seven days while the app is being tested', async () => {
      rig.configure({ testingApp: true });
      const kept = await refreshTokenOf();
      rig.sandbox.control.advanceClock(6 * DAY_MS);
      expect(await refresh(kept)).toMatchObject({ status: 200 });
      rig.sandbox.control.advanceClock(2 * DAY_MS);
      expect(await refresh(kept)).toMatchObject(dead);
    });

    it('drops the oldest of more than a hundred refresh tokens', async () => {
      const first = await refreshTokenOf();
      const second = await refreshTokenOf();
      for (let made = 2; made < 101; made += 1) await refreshTokenOf();
      // The one of `begin` was there before.
      expect(await refresh(first)).toMatchObject(dead);
      expect(await refresh(second)).toMatchObject({ status: 200 });
    });

    it('revokes the whole grant by any of its tokens, without the app', async () => {
      const kept = await refreshTokenOf();
      expect(await rig.form('/revoke', { token: kept })).toMatchObject({ status: 200 });
      expect(await refresh(kept)).toMatchObject(dead);
      expect(await rig.get('ACCOUNTS', '/v1/accounts')).toMatchObject({ status: 401 });
      expect(await rig.form('/revoke', { token: kept })).toMatchObject({
        status: 400,
        json: { error: 'invalid_token' },
      });
    });

    it('tells a wrong code, redirect and secret apart', async () => {
      const grant = { grant_type: 'authorization_code', code: 'none', redirect_uri: 'http://127.0.0.1/x' };
      expect(await rig.token(grant)).toMatchObject({
        status: 400,
        json: { error: 'invalid_grant', error_description: 'Malformed auth code.' },
      });
      const code = (await rig.consent()).searchParams.get('code') ?? '';
      expect(await rig.token({ ...grant, code })).toMatchObject({ json: { error: 'redirect_uri_mismatch' } });
      expect(await rig.token({ ...grant, client_secret: 'wrong' })).toMatchObject({
        status: 401,
        json: { error: 'invalid_client' },
      });
    });

    it('lets a person leave out the scope, and refuses calls without it', async () => {
      const scope = 'https://www.googleapis.com/auth/business.manage';
      const { json } = await rig.exchange({ 'declined[]': scope });
      expect(json).toMatchObject({ scope: 'openid email profile' });
      rig.bearer = String(json['access_token']);
      expect(await rig.get('ACCOUNTS', '/v1/accounts')).toMatchObject({
        status: 403,
        json: {
          error: { status: 'PERMISSION_DENIED', details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] },
        },
      });
    });

    it('ends access tokens after an hour', async () => {
      rig.sandbox.control.advanceClock(61 * 60_000);
      expect(await rig.get('ACCOUNTS', '/v1/accounts')).toMatchObject({
        status: 401,
        json: { error: { code: 401, status: 'UNAUTHENTICATED' } },
      });
    });
  });

  describe('directory', () => {
    const mask = 'readMask=name,title,metadata.placeId';

    it('lists accounts, and a location in each that has it', async () => {
      const { json } = await rig.get('ACCOUNTS', '/v1/accounts?pageSize=1');
      expect(json).toMatchObject({ accounts: [{ name: `accounts/${rig.account}`, type: 'PERSONAL' }] });
      const next = await rig.get('ACCOUNTS', `/v1/accounts?pageToken=${String(json['nextPageToken'])}`);
      expect(next.json).toEqual({ accounts: [expect.objectContaining({ type: 'LOCATION_GROUP' })] });
      const group = String(rig.at(next.json, 'accounts', 0, 'name'));
      const listed = await rig.get('INFORMATION', `/v1/${group}/locations?${mask}`);
      expect(listed.json).toEqual({
        locations: [
          {
            name: `locations/${rig.location}`,
            title: 'Corner Bakery',
            metadata: { placeId: expect.any(String) },
          },
          expect.objectContaining({ title: 'Harbour Café' }),
        ],
      });
    });

    it('wants a mask, and one that it knows', async () => {
      const path = `/v1/accounts/${rig.account}/locations`;
      const refused = {
        status: 400,
        json: { error: { details: [{ fieldViolations: [{ field: 'read_mask' }] }] } },
      };
      expect(await rig.get('INFORMATION', path)).toMatchObject(refused);
      expect(await rig.get('INFORMATION', `${path}?readMask=name,colour`)).toMatchObject(refused);
    });

    it('says what a location may do, and hides one whose role is lost', async () => {
      rig.sandbox.control.createAccount('google-business', {
        name: 'Corner Bakery',
        canOperateLocalPost: false,
      });
      const path = `/v1/locations/${rig.location}?readMask=metadata`;
      const { json } = await rig.get('INFORMATION', path);
      expect(rig.at(json, 'metadata')).toMatchObject({ hasVoiceOfMerchant: true });
      expect(rig.at(json, 'metadata')).not.toHaveProperty('canOperateLocalPost');
      rig.sandbox.control.createAccount('google-business', { name: 'Corner Bakery', managed: false });
      expect(await rig.get('INFORMATION', path)).toMatchObject({ status: 403 });
      const listed = await rig.get('INFORMATION', `/v1/accounts/${rig.account}/locations?${mask}`);
      expect(listed.json).toEqual({});
    });

    it('gives figures of a location by day, without zeros', async () => {
      rig.configure({ dailyMetrics: { CALL_CLICKS: 3 } });
      const range =
        'dailyRange.startDate.year=2024&dailyRange.startDate.month=10&dailyRange.startDate.day=31';
      const end = 'dailyRange.endDate.year=2024&dailyRange.endDate.month=11&dailyRange.endDate.day=1';
      const verb = ':fetchMultiDailyMetricsTimeSeries';
      const path = `/v1/locations/${rig.location}${verb}?dailyMetrics=CALL_CLICKS&dailyMetrics=WEBSITE_CLICKS`;
      const { json } = await rig.get('PERFORMANCE', `${path}&${range}&${end}`);
      const first = { year: 2024, month: 10, day: 31 };
      const second = { year: 2024, month: 11, day: 1 };
      expect(rig.at(json, 'multiDailyMetricTimeSeries', 0, 'dailyMetricTimeSeries')).toEqual([
        {
          dailyMetric: 'CALL_CLICKS',
          timeSeries: {
            datedValues: [
              { date: first, value: '3' },
              { date: second, value: '3' },
            ],
          },
        },
        { dailyMetric: 'WEBSITE_CLICKS', timeSeries: { datedValues: [{ date: first }, { date: second }] } },
      ]);
      expect(await rig.get('PERFORMANCE', `${path}&${range}`)).toMatchObject({ status: 400 });
    });
  });

  describe('names', () => {
    it('answers a page where the account is missing', async () => {
      const path = `/v4/locations/${rig.location}/localPosts`;
      const answer = await rig.send('API', 'POST', path, { topicType: 'STANDARD', summary: 'S' });
      expect(answer).toMatchObject({ status: 404, type: expect.stringContaining('text/html') });
    });

    it('knows no location in an account that does not have it', async () => {
      const [, harbour] = rig.sandbox.control.accounts('google-business');
      rig.location = harbour?.id ?? '';
      expect(await rig.post({ summary: 'S' })).toMatchObject({
        status: 404,
        json: { error: { status: 'NOT_FOUND', message: 'Requested entity was not found.' } },
      });
    });

    it('tells a lost role and a location without posts apart', async () => {
      const change = (fields: JsonObject) =>
        rig.sandbox.control.createAccount('google-business', { name: 'Corner Bakery', ...fields });
      change({ canOperateLocalPost: false });
      expect(await rig.post({ summary: 'S' })).toMatchObject({
        status: 400,
        json: { error: { details: [{ reason: 'LOCATION_DISABLED_FOR_LOCAL_POST_API' }] } },
      });
      change({ managed: false });
      expect(await rig.post({ summary: 'S' })).toMatchObject({
        status: 403,
        json: { error: { status: 'PERMISSION_DENIED' } },
      });
    });
  });

  describe('quotas', () => {
    it('answers with a limit of 0 for a project that was never approved', async () => {
      rig.configure({ approved: false });
      expect(await rig.get('ACCOUNTS', '/v1/accounts')).toMatchObject({
        status: 429,
        json: {
          error: { status: 'RESOURCE_EXHAUSTED', details: [{ metadata: { quota_limit_value: '0' } }] },
        },
      });
    });

    it('counts calls per API and minute', async () => {
      rig.configure({ queriesPerMinute: 1 });
      const path = `/v1/accounts/${rig.account}`;
      expect(await rig.get('ACCOUNTS', path)).toMatchObject({ status: 200 });
      expect(await rig.get('ACCOUNTS', path)).toMatchObject({
        status: 429,
        json: { error: { details: [{ metadata: { quota_limit_value: '1' } }] } },
      });
      expect((await rig.list()).status).toBe(200);
      rig.sandbox.control.advanceClock(60_000);
      expect(await rig.get('ACCOUNTS', path)).toMatchObject({ status: 200 });
    });

    it('says which API is not switched on', async () => {
      rig.configure({ serviceDisabled: true });
      expect(await rig.list()).toMatchObject({
        status: 403,
        json: {
          error: {
            details: [{ reason: 'SERVICE_DISABLED', metadata: { service: 'mybusiness.googleapis.com' } }],
          },
        },
      });
    });
  });
});
