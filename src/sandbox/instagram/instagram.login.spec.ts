import { arrayAt, isJsonObject, objectAt, stringAt, type JsonObject } from '../core/json.js';
import {
  ALICE,
  errorOf,
  FACEBOOK_SCOPES,
  INSTAGRAM_SCOPES,
  InstagramRig,
  type Answer,
} from './instagram.rig.js';
import { FACEBOOK_APP } from './instagram.oauth.js';

const DAY_MS = 24 * 60 * 60_000;

describe('the logins of the Instagram simulator', () => {
  let rig: InstagramRig;

  beforeAll(async () => {
    rig = await InstagramRig.open();
  });
  beforeEach(() => rig.reset());
  afterEach(() => expect(rig.control.unexpected()).toEqual([]));
  afterAll(() => rig.close());

  const flatOf = ({ status, json }: Answer): readonly unknown[] => [
    status,
    json['error_type'],
    json['error_message'],
  ];

  describe('Instagram Login', () => {
    const code = async (fields = {}): Promise<string> => {
      const back = await rig.consent('instagram', INSTAGRAM_SCOPES, fields);
      expect(back.hash).toBe('#_');
      return back.searchParams.get('code') ?? '';
    };

    it('gives a short token with an id above 2^53 as a bare number, or in a list of one', async () => {
      const flat = await rig.redeem(await code());
      expect(flat.text).toContain(`"user_id":${ALICE},"permissions":["instagram_business_basic"`);
      rig.control.configure('instagram', { tokenShape: 'data' });
      const [entry] = arrayAt((await rig.redeem(await code())).json, 'data') ?? [];
      expect(entry).toMatchObject({ user_id: ALICE, permissions: INSTAGRAM_SCOPES });
    });

    it('takes a code once, from its app, for its address', async () => {
      const once = await code();
      await rig.redeem(once);
      const used = 'Matching code was not found or was already used';
      expect(flatOf(await rig.redeem(once))).toEqual([400, 'OAuthException', used]);
      const stranger = await rig.redeem(await code(), { client_secret: 'wrong' });
      expect(flatOf(stranger)).toEqual([400, 'OAuthException', 'Invalid platform app']);
      const elsewhere = await rig.redeem(await code(), { redirect_uri: 'http://127.0.0.1/other' });
      expect(flatOf(elsewhere)[2]).toContain('redirect_uri is identical');
    });

    it('makes a short token long once, and a long one longer after a day', async () => {
      const long = await rig.exchange(await rig.shortToken());
      expect(long.json).toMatchObject({ token_type: 'bearer', expires_in: 5_184_000 });
      const token = stringAt(long.json, 'access_token') ?? '';
      expect(errorOf(await rig.exchange(token))).toEqual([400, 452, undefined]);
      const refresh = (): Promise<Answer> =>
        rig.get('/refresh_access_token', { grant_type: 'ig_refresh_token' }, token);
      expect(errorOf(await refresh())).toEqual([400, 100, undefined]);
      rig.control.advanceClock(DAY_MS);
      const longer = await refresh();
      rig.control.advanceClock(59.5 * DAY_MS);
      expect(errorOf(await rig.see('/me', {}, token))).toEqual([400, 190, 463]);
      expect((await rig.see('/me', {}, stringAt(longer.json, 'access_token'))).status).toBe(200);
    });

    it('tells who it is by two ids, and which rights are missing', async () => {
      const { json } = await rig.see('/me', { fields: 'id,user_id,username,account_type' });
      expect(json).toMatchObject({ user_id: ALICE, username: 'alice', account_type: 'BUSINESS' });
      expect(json['id']).not.toBe(ALICE);
      const little = await rig.longToken(INSTAGRAM_SCOPES, {
        'declined[]': 'instagram_business_content_publish',
      });
      const refused = await rig.container({ image_url: `${rig.filesUrl}/picture.jpg` }, little);
      expect(errorOf(refused)).toEqual([400, 10, undefined]);
      expect(errorOf(await rig.see('/me', { fields: 'nothing' }))).toEqual([400, 100, undefined]);
    });

    it('tells a revoked token from an unknown one', async () => {
      rig.control.endTokens('instagram', ALICE, 'revoke');
      expect(errorOf(await rig.see('/me'))).toEqual([400, 190, 458]);
      expect(errorOf(await rig.see('/me', {}, 'nonsense'))).toEqual([400, 190, undefined]);
    });

    it('serves testers only, and lets only professional accounts publish', async () => {
      rig.control.createAccount('instagram', { username: 'alice', tester: false });
      const refused = await rig.see('/me');
      expect(objectAt(refused.json, 'error')).toMatchObject({
        type: 'IGApiException',
        message: 'Unsupported request - method type: get',
      });
      const { id } = rig.control.createAccount('instagram', { username: 'bob', accountType: 'PERSONAL' });
      const bob = await rig.longToken(INSTAGRAM_SCOPES, { account: id });
      const answer = await rig.container({ image_url: `${rig.filesUrl}/picture.jpg` }, bob);
      expect(errorOf(answer)).toEqual([400, 10, undefined]);
    });
  });

  describe('Facebook Login', () => {
    const graph = (path: string, params = {}, token = ''): Promise<Answer> =>
      rig.get(`/v26.0${path}`, params, token, 'GRAPH');
    const pages = async (token: string): Promise<JsonObject[]> => {
      const fields = 'id,name,access_token,instagram_business_account{id,username}';
      const { json } = await graph('/me/accounts', { fields, limit: '100' }, token);
      return (arrayAt(json, 'data') ?? []).filter(isJsonObject);
    };

    it('lists the pages of the person, with the accounts that are linked to them', async () => {
      const { id } = rig.control.createAccount('instagram', { username: 'bakery', with: ALICE });
      rig.control.createAccount('instagram', { username: 'alone', with: ALICE, linked: false });
      rig.control.createAccount('instagram', { username: 'stranger' });
      const found = await pages(await rig.facebookToken());
      expect(found.map((page) => page['instagram_business_account'])).toEqual([
        undefined,
        { id: ALICE, username: 'alice' },
        { id, username: 'bakery' },
      ]);
    });

    it("publishes with the token of the account's page, or of its person, and of no other", async () => {
      const found = await pages(await rig.facebookToken());
      const [bare, own] = found.map((page) => stringAt(page, 'access_token') ?? '');
      const params = { image_url: `${rig.filesUrl}/picture.jpg` };
      const make = (token = ''): Promise<Answer> => rig.post(`/${ALICE}/media`, params, token, 'GRAPH');
      expect((await make(own)).status).toBe(200);
      expect((await make(await rig.facebookToken())).status).toBe(200);
      expect(errorOf(await make(bare))).toEqual([400, 100, 33]);
      const withoutPages = FACEBOOK_SCOPES.replace(',pages_read_engagement', '');
      expect(errorOf(await make(await rig.facebookToken(withoutPages)))).toEqual([400, 10, undefined]);
      const { id } = rig.control.createAccount('instagram', { username: 'stranger' });
      expect(errorOf(await rig.post(`/${id}/media`, params, own, 'GRAPH'))).toEqual([400, 100, 33]);
    });

    it('keeps the token of a page for as long as the person lets it', async () => {
      const person = await rig.facebookToken(FACEBOOK_SCOPES, {
        'declined[]': 'instagram_manage_insights',
      });
      const page = stringAt((await pages(person))[1] ?? {}, 'access_token') ?? '';
      const { json } = await graph('/me/permissions', {}, person);
      expect(arrayAt(json, 'data')).toContainEqual({
        permission: 'instagram_manage_insights',
        status: 'declined',
      });
      rig.control.advanceClock(90 * DAY_MS);
      expect(errorOf(await graph('/me/permissions', {}, person))).toEqual([400, 190, 463]);
      expect((await graph(`/${ALICE}`, { fields: 'username' }, page)).json).toEqual({
        id: ALICE,
        username: 'alice',
      });
      const app = `${FACEBOOK_APP.clientId}|${FACEBOOK_APP.clientSecret}`;
      const debug = await graph('/debug_token', { input_token: page }, app);
      const data = objectAt(debug.json, 'data') ?? {};
      expect(data).toMatchObject({ type: 'PAGE', is_valid: true, expires_at: 0 });
      const user = stringAt(data, 'user_id') ?? '';
      expect((await rig.delete(`/${user}/permissions`, app, 'GRAPH')).json).toEqual({ success: true });
      expect(errorOf(await graph(`/${ALICE}`, {}, page))).toEqual([400, 190, 458]);
    });

    it('says why a person has said no', async () => {
      const back = await rig.consent('facebook', FACEBOOK_SCOPES, { decision: 'deny' });
      expect(back.searchParams.get('error_reason')).toBe('user_denied');
    });
  });
});
