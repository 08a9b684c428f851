import sharp from 'sharp';
import type { PlatformAccount } from '../control/sandbox.control.js';
import {
  arrayAt,
  isJsonObject,
  numberAt,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { SCOPES } from './pinterest.oauth.js';
import { createPinterestSimulator } from './pinterest.simulator.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
}

const REDIRECT = 'http://127.0.0.1:3000/callback';
const BASIC = `Basic ${Buffer.from('1490000:pinterest-app-secret').toString('base64')}`;
const DAY_MS = 24 * 60 * 60_000;
const BOARD = '700';
const SECTION = '710';

describe('Pinterest simulator', () => {
  let sandbox: Sandbox;
  let alice: PlatformAccount;
  let token: string;

  beforeAll(async () => {
    const simulators = [{ key: 'pinterest', create: createPinterestSimulator }];
    sandbox = await startSandbox({ port: 0, simulators });
  });
  beforeEach(async () => {
    sandbox.control.reset();
    const secret = { id: '701', name: 'Secret', privacy: 'SECRET' };
    const advertising = { id: '702', name: 'Advertising', adsOnly: true };
    const open = { id: BOARD, name: 'Recipes', sections: [{ id: SECTION, name: 'Soups' }] };
    alice = sandbox.control.createAccount('pinterest', { name: 'Ann', boards: [open, secret, advertising] });
    token = (await logIn(alice.id)).access;
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  const url = (host: 'API' | 'AUTH'): string => sandbox.info().platforms['pinterest']?.hosts[host] ?? '';

  async function send(path: string, init: RequestInit, bearer: string | null = token): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (bearer !== null) headers.set('authorization', bearer.includes(' ') ? bearer : `Bearer ${bearer}`);
    const answer = await fetch(`${url('API')}/v5${path}`, { ...init, headers });
    const parsed = (await answer.json().catch(() => ({}))) as JsonValue;
    return { status: answer.status, headers: answer.headers, json: isJsonObject(parsed) ? parsed : {} };
  }

  const get = (path: string, bearer = token): Promise<Answer> => send(path, { method: 'GET' }, bearer);
  const post = (path: string, body: JsonObject, bearer = token): Promise<Answer> =>
    send(
      path,
      { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      bearer,
    );
  const give = (fields: Record<string, string>, basic = BASIC): Promise<Answer> =>
    send('/oauth/token', { method: 'POST', body: new URLSearchParams(fields) }, basic);

  async function codeFor(account: string, declined: readonly string[] = []): Promise<string> {
    const form = new URLSearchParams({
      ...{ response_type: 'code', client_id: '1490000', redirect_uri: REDIRECT, state: 's' },
      ...{ scope: SCOPES.join(','), account, decision: 'allow' },
    });
    for (const scope of declined) form.append('declined[]', scope);
    const init = { method: 'POST', body: form, redirect: 'manual' } as const;
    const answer = await fetch(`${url('AUTH')}/oauth/`, init);
    return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  }

  async function logIn(
    account: string,
    declined: readonly string[] = [],
  ): Promise<{ access: string; refresh: string; json: JsonObject }> {
    const code = await codeFor(account, declined);
    const { json } = await give({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      continuous_refresh: 'true',
    });
    const [access, refresh] = [stringAt(json, 'access_token') ?? '', stringAt(json, 'refresh_token') ?? ''];
    return { access, refresh, json };
  }

  async function picture(size = 40): Promise<JsonObject> {
    const image = sharp({ create: { width: size, height: 30, channels: 3, background: '#369' } });
    return { content_type: 'image/png', data: (await image.png().toBuffer()).toString('base64') };
  }

  const source = async (): Promise<JsonObject> => ({ source_type: 'image_base64', ...(await picture()) });
  const pin = async (more: JsonObject = {}, bearer = token): Promise<Answer> =>
    post('/pins', { board_id: BOARD, media_source: await source(), ...more }, bearer);
  const idOf = ({ json }: Answer): string => stringAt(json, 'id') ?? '';
  const itemsOf = ({ json }: Answer): JsonValue[] => arrayAt(json, 'items') ?? [];

  describe('tokens', () => {
    it('live 30 days, are renewed with a new refresh token each time, and name their lifetimes', async () => {
      const { access, refresh, json } = await logIn(alice.id);
      expect(json).toMatchObject({
        ...{ token_type: 'bearer', expires_in: 2_592_000, refresh_token_expires_in: 5_184_000 },
        ...{ response_type: 'authorization_code', scope: SCOPES.join(' ') },
      });
      expect(json).not.toHaveProperty('refresh_token_expires_at');
      sandbox.control.advanceClock(30 * DAY_MS);
      expect(await get('/user_account', access)).toMatchObject({ status: 401, json: { code: 2 } });
      const renewed = await give({ grant_type: 'refresh_token', refresh_token: refresh });
      expect(renewed.json).toMatchObject({ response_type: 'refresh_token' });
      expect(numberAt(renewed.json, 'refresh_token_expires_at')).toBeGreaterThan(1_700_000_000);
      expect(renewed.json['refresh_token']).not.toBe(refresh);
      expect(await give({ grant_type: 'refresh_token', refresh_token: refresh })).toMatchObject({
        status: 401,
        json: { code: 2, message: 'Authentication failed.' },
      });
    });

    it('need the header of the app, and cannot be taken back by it', async () => {
      const wrong = `Basic ${Buffer.from('1490000:other').toString('base64')}`;
      const body = { grant_type: 'refresh_token', refresh_token: 'r' };
      expect(await give(body, wrong)).toMatchObject({ status: 401, json: { code: 2 } });
      const revoke = { method: 'POST', body: new URLSearchParams({ token }) };
      expect(await send('/oauth/token/revoke', revoke, BASIC)).toMatchObject({
        status: 403,
        json: { code: 29 },
      });
      expect(await get('/user_account')).toMatchObject({
        status: 200,
        json: { id: alice.id, username: 'ann', account_type: 'BUSINESS' },
      });
    });

    it('without a permission, or of an unsupported app, do not open what needs it', async () => {
      const { access } = await logIn(alice.id, ['pins:write', 'boards:read_secret']);
      expect(await pin({}, access)).toMatchObject({ status: 401, json: { code: 7 } });
      expect(itemsOf(await get('/boards', access))).toHaveLength(2);
      sandbox.control.configure('pinterest', { unsupportedConsumer: true });
      expect(await get('/boards', access)).toMatchObject({ status: 401, json: { code: 3 } });
    });
  });

  describe('boards', () => {
    it('are listed in pages, filtered, and have sections', async () => {
      const first = await get('/boards?page_size=2');
      expect(itemsOf(first)).toMatchObject([{ id: BOARD, privacy: 'PUBLIC' }, { id: '701' }]);
      const bookmark = stringAt(first.json, 'bookmark') ?? '';
      const second = await get(`/boards?page_size=2&bookmark=${bookmark}`);
      expect(second.json).toMatchObject({ items: [{ id: '702', is_ads_only: true }], bookmark: null });
      expect(itemsOf(await get('/boards?privacy=SECRET'))).toMatchObject([{ id: '701' }]);
      expect(itemsOf(await get(`/boards/${BOARD}/sections`))).toEqual([{ id: SECTION, name: 'Soups' }]);
      expect(await get('/boards/999/sections')).toMatchObject({ status: 404, json: { code: 40 } });
    });

    it('are made once by a name, and take one write at a time', async () => {
      const made = await post('/boards', { name: 'Breads' });
      expect(made).toMatchObject({ status: 201, json: { name: 'Breads', privacy: 'PUBLIC', pin_count: 0 } });
      expect(await post('/boards', { name: 'Breads' })).toMatchObject({ status: 400, json: { code: 58 } });
      sandbox.control.configure('pinterest', { boardWindowMs: 60_000 });
      expect((await pin({ board_id: idOf(made) })).status).toBe(201);
      expect(await pin({ board_id: idOf(made) })).toMatchObject({ status: 429, json: { code: 8 } });
      const section = await post(`/boards/${idOf(made)}/sections`, { name: 'Rye' });
      expect(section).toMatchObject({ status: 409, json: { code: 409 } });
      sandbox.control.advanceClock(60_000);
      expect((await pin({ board_id: idOf(made) })).status).toBe(201);
      expect(await get(`/boards/${idOf(made)}`)).toMatchObject({ json: { pin_count: 2 } });
    });
  });

  describe('a pin', () => {
    it('has a picture, words and a link, and is read back with its lag', async () => {
      sandbox.control.configure('pinterest', { readLagMs: 60_000 });
      const words = {
        title: 'Soup',
        description: 'Hot',
        alt_text: 'A bowl',
        link: 'https://example.org/?f=1',
      };
      const made = await pin({ ...words, board_section_id: SECTION, dominant_color: '#6E7874' });
      expect(made).toMatchObject({
        status: 201,
        json: { ...words, board_id: BOARD, creative_type: 'REGULAR', media: { media_type: 'image' } },
      });
      expect(stringAt(made.json, 'created_at')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      expect(stringAt(made.json, 'id')).toMatch(/^\d{18}$/);
      expect(itemsOf(await get(`/boards/${BOARD}/pins`))).toEqual([]);
      expect(await get(`/pins/${idOf(made)}`)).toMatchObject({ status: 404, json: { code: 50 } });
      sandbox.control.advanceClock(60_000);
      expect(itemsOf(await get(`/boards/${BOARD}/pins?page_size=25`))).toMatchObject([words]);
      expect(itemsOf(await get(`/boards/${BOARD}/sections/${SECTION}/pins`))).toMatchObject([words]);
      expect(await get(`/boards/${BOARD}/sections/999/pins`)).toMatchObject({
        status: 404,
        json: { code: 2031 },
      });
      expect(itemsOf(await get('/pins'))).toMatchObject([{ is_owner: true }]);
      expect(sandbox.control.inbox()).toMatchObject([
        {
          ...{ account: alice.id, text: 'Hot', visibility: 'public', linkCard: { url: words.link } },
          permalink: `https://www.pinterest.com/pin/${idOf(made)}/`,
          media: [{ kind: 'image', mimeType: 'image/png', alt: 'A bowl', width: 40 }],
          extra: { title: 'Soup', board: 'Recipes', section: 'Soups' },
        },
      ]);
    });

    it('goes twice when it is sent twice, and is deleted once', async () => {
      const [one, other] = [await pin({ title: 'Same' }), await pin({ title: 'Same' })];
      expect(idOf(one)).not.toBe(idOf(other));
      const remove = { method: 'DELETE' };
      expect((await send(`/pins/${idOf(one)}`, remove)).status).toBe(204);
      expect(await send(`/pins/${idOf(one)}`, remove)).toMatchObject({ status: 404, json: { code: 50 } });
      expect(sandbox.control.inbox()).toHaveLength(1);
    });

    it('may be a carousel of two to five pictures of one size', async () => {
      const items = await Promise.all([picture(), picture()]);
      const carousel = (given: JsonObject[]): Promise<Answer> =>
        pin({ media_source: { source_type: 'multiple_image_base64', items: given } });
      const worded = items.map((item, index) => ({ ...item, title: `No. ${index}` }));
      expect(await carousel(worded)).toMatchObject({
        status: 201,
        json: { creative_type: 'CAROUSEL', media: { items: [{ title: 'No. 0' }, { title: 'No. 1' }] } },
      });
      const refused = { status: 400, json: { code: 1 } };
      expect(await carousel(items.slice(1))).toMatchObject(refused);
      expect(await carousel([...items, await picture(50)])).toMatchObject(refused);
      expect(await carousel(Array.from({ length: 6 }, () => ({ ...items[0] })))).toMatchObject(refused);
    });

    it.each<[string, JsonObject, number, number]>([
      ['a long title', { title: 'a'.repeat(101) }, 400, 1],
      ['a long description', { description: 'a'.repeat(801) }, 400, 1],
      ['a long alternative text', { alt_text: 'a'.repeat(501) }, 400, 1],
      ['a board that is no number', { board_id: 'recipes' }, 400, 1],
      ['a board that is not there', { board_id: '999' }, 404, 40],
      ['a section that is not there', { board_section_id: '999' }, 404, 2031],
      ['a board for advertising', { board_id: '702' }, 403, 29],
      ['a link that is blocked', { link: 'https://www.spam.example/x' }, 429, 9],
      ['no media', { media_source: null }, 400, 1],
      [
        'an address without a file',
        { media_source: { source_type: 'image_url', url: 'http://127.0.0.1:1/a' } },
        400,
        2786,
      ],
    ])('is refused for %s', async (_name, more, status, code) => {
      expect(await pin(more)).toMatchObject({ status, json: { code } });
      expect(sandbox.control.inbox()).toEqual([]);
    });

    it('is not made by an app with Trial access, and only so often in a minute', async () => {
      sandbox.control.configure('pinterest', { writesPerMinute: 1 });
      const { headers } = await pin();
      expect(headers.get('x-ratelimit-limit')).toBe('1, 1;w=60');
      expect(headers.get('x-ratelimit-remaining')).toBe('0');
      const refused = await pin();
      expect(refused).toMatchObject({ status: 429, json: { code: 8 } });
      expect(Number(refused.headers.get('x-ratelimit-reset'))).toBeGreaterThan(0);
      sandbox.control.configure('pinterest', { rateLimits: false, trial: true });
      expect(await pin()).toMatchObject({ status: 403, json: { code: 29 } });
    });

    it('is counted, by the day and for its life', async () => {
      sandbox.control.configure('pinterest', {
        impressions: 9,
        saves: 2,
        reactions: 3,
        dataStatus: 'ESTIMATE',
      });
      const made = await pin();
      const id = idOf(made);
      const today = (stringAt(made.json, 'created_at') ?? '').slice(0, 10);
      const dates = `start_date=${today}&end_date=${today}`;
      const counted = await get(
        `/pins/${id}/analytics?${dates}&metric_types=IMPRESSION,SAVE,TOTAL_REACTIONS`,
      );
      expect(objectAt(counted.json, 'all')).toEqual({
        daily_metrics: [{ date: today, data_status: 'ESTIMATE', metrics: { IMPRESSION: 9, SAVE: 2 } }],
        summary_metrics: { IMPRESSION: 9, SAVE: 2 },
        lifetime_metrics: { TOTAL_REACTIONS: 3 },
      });
      expect(await get(`/pins/${id}?pin_metrics=true`)).toMatchObject({
        json: { pin_metrics: { lifetime_metrics: { impression: 9, reaction: 3 } } },
      });
      const longAgo = `start_date=2020-01-01&end_date=${today}`;
      expect((await get(`/pins/${id}/analytics?${longAgo}&metric_types=SAVE`)).status).toBe(400);
    });
  });
});
