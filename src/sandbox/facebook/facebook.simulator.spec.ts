import sharp from 'sharp';
import { isJsonObject, objectAt, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { APP, SCOPES } from './facebook.oauth.js';
import { createSimulator } from './index.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
}

const REDIRECT = 'http://127.0.0.1:3000/callback';
const HOUR_MS = 60 * 60_000;

describe('Facebook simulator', () => {
  let sandbox: Sandbox;
  let hosts: Readonly<Record<string, string>>;
  let page: string;
  let token: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, simulators: [{ key: 'facebook', create: createSimulator }] });
    hosts = sandbox.info().platforms['facebook']?.hosts ?? {};
  });

  beforeEach(async () => {
    sandbox.control.reset();
    page = sandbox.control.accounts('facebook')[0]?.id ?? '';
    token = await pageToken();
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  const graph = (path: string, host = 'API'): string => `${hosts[host] ?? ''}/v26.0${path}`;

  async function read(answer: Response): Promise<Answer> {
    const parsed = (await answer.json().catch(() => ({}))) as JsonValue;
    return { status: answer.status, headers: answer.headers, json: isJsonObject(parsed) ? parsed : {} };
  }

  async function get(path: string, query: Record<string, string> = {}, access = token): Promise<Answer> {
    const url = new URL(graph(path));
    for (const [name, value] of Object.entries({ access_token: access, ...query })) {
      url.searchParams.set(name, value);
    }
    return read(await fetch(url));
  }

  async function post(path: string, fields: Record<string, string>, access = token): Promise<Answer> {
    const body = new URLSearchParams({ access_token: access, ...fields });
    return read(await fetch(graph(path), { method: 'POST', body }));
  }

  async function remove(path: string, access = token): Promise<Answer> {
    const headers = { authorization: `Bearer ${access}` };
    return read(await fetch(graph(path), { method: 'DELETE', headers }));
  }

  /** The consent as a browser gives it; answers where it is sent to. */
  async function consent(fields: Record<string, string> = {}): Promise<URL> {
    const body = new URLSearchParams({
      ...{ client_id: APP.clientId, redirect_uri: REDIRECT, response_type: 'code', state: 's' },
      ...{ scope: SCOPES.join(','), account: page, decision: 'allow' },
      ...fields,
    });
    const answer = await fetch(graph('/dialog/oauth', 'AUTH'), { method: 'POST', body, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  }

  async function exchange(query: Record<string, string>): Promise<Answer> {
    const url = new URL(graph('/oauth/access_token'));
    const app = { client_id: APP.clientId, client_secret: APP.clientSecret };
    for (const [name, value] of Object.entries({ ...app, ...query })) url.searchParams.set(name, value);
    return read(await fetch(url));
  }

  async function shortToken(fields: Record<string, string> = {}): Promise<string> {
    const code = (await consent(fields)).searchParams.get('code') ?? '';
    return stringAt((await exchange({ code, redirect_uri: REDIRECT })).json, 'access_token') ?? '';
  }

  async function longToken(fields: Record<string, string> = {}): Promise<string> {
    const grant = { grant_type: 'fb_exchange_token', fb_exchange_token: await shortToken(fields) };
    return stringAt((await exchange(grant)).json, 'access_token') ?? '';
  }

  async function pageToken(fields: Record<string, string> = {}): Promise<string> {
    const accounts = await get('/me/accounts', { fields: 'id,access_token' }, await longToken(fields));
    return stringAt(rows(accounts)[0] ?? {}, 'access_token') ?? '';
  }

  const rows = ({ json }: Answer): JsonObject[] =>
    Array.isArray(json['data']) ? json['data'].filter((row) => isJsonObject(row)) : [];
  const errorOf = ({ json }: Answer): JsonObject => objectAt(json, 'error') ?? {};
  const idOf = ({ json }: Answer): string => stringAt(json, 'id') ?? '';
  const inbox = () => sandbox.control.inbox('facebook');

  const picture = (seed = 1): Promise<Buffer> =>
    sharp({ create: { width: 40 + seed, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();

  async function upload(fields: Record<string, string>, bytes?: Buffer): Promise<Answer> {
    const body = new FormData();
    for (const [name, value] of Object.entries({ access_token: token, ...fields })) body.set(name, value);
    body.set(
      'source',
      new Blob([new Uint8Array(bytes ?? (await picture()))], { type: 'image/png' }),
      'p.png',
    );
    return read(await fetch(graph(`/${page}/photos`), { method: 'POST', body }));
  }

  async function send(address: string, bytes: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
    const usual = { authorization: `OAuth ${token}`, offset: '0', file_size: String(bytes.length) };
    const body = new Uint8Array(bytes);
    return read(await fetch(address, { method: 'POST', body, headers: { ...usual, ...headers } }));
  }

  describe('login', () => {
    it('tells why a person said no', async () => {
      const { searchParams } = await consent({ decision: 'deny' });
      expect(Object.fromEntries(searchParams)).toMatchObject({
        ...{ error: 'access_denied', error_code: '200', error_reason: 'user_denied', state: 's' },
      });
    });

    it('gives the token of a page no end when it comes from a long one', async () => {
      const app = `${APP.clientId}|${APP.clientSecret}`;
      const told = await get('/debug_token', { input_token: token }, app);
      expect(told.json['data']).toMatchObject({
        type: 'PAGE',
        is_valid: true,
        expires_at: 0,
        profile_id: page,
      });
    });

    it('takes a code once, and only with the address that it was asked for', async () => {
      const code = (await consent()).searchParams.get('code') ?? '';
      expect(errorOf(await exchange({ code, redirect_uri: `${REDIRECT}/` }))).toMatchObject({ code: 100 });
      expect(errorOf(await exchange({ code, redirect_uri: REDIRECT }))).toMatchObject({
        error_subcode: 36009,
      });
      expect(errorOf(await exchange({ code, client_secret: 'wrong' }))).toMatchObject({
        code: 1,
        message: 'Error validating client secret.',
      });
    });

    it('lists what was declined, pages by cursor, and pages of a business apart', async () => {
      sandbox.control.createAccount('facebook', { name: 'Second', with: page });
      sandbox.control.createAccount('facebook', { name: 'Owned', with: page, held: 'owned' });
      const user = await longToken({ 'declined[]': 'read_insights' });
      expect(rows(await get('/me/permissions', {}, user))).toContainEqual({
        permission: 'read_insights',
        status: 'declined',
      });
      const first = await get('/me/accounts', { fields: 'name', limit: '1' }, user);
      const next = stringAt(objectAt(first.json, 'paging') ?? {}, 'next') ?? '';
      expect(rows(await read(await fetch(next)))).toMatchObject([{ name: 'Second' }]);
      const [business] = rows(await get('/me/businesses', {}, user));
      const owned = await get(
        `/${stringAt(business ?? {}, 'id') ?? ''}/owned_pages`,
        { fields: 'name' },
        user,
      );
      expect(rows(owned)).toMatchObject([{ name: 'Owned' }]);
    });

    it('takes everything back', async () => {
      expect((await remove('/me/permissions', await longToken())).json).toEqual({ success: true });
      expect(errorOf(await get('/me'))).toMatchObject({ code: 190, error_subcode: 458 });
    });
  });

  describe('who may', () => {
    it('refuses the token of a person, of another page, and one without the scope', async () => {
      const user = await longToken();
      expect(errorOf(await post(`/${page}/feed`, { message: 'x' }, user))).toMatchObject({
        ...{ code: 190, error_subcode: 2069032 },
      });
      const { id: other } = sandbox.control.createAccount('facebook', { name: 'Other' });
      expect(errorOf(await post(`/${other}/feed`, { message: 'x' }))).toMatchObject({
        ...{ code: 100, error_subcode: 33 },
      });
      const poor = await pageToken({ 'declined[]': 'pages_manage_posts' });
      expect(await post(`/${page}/feed`, { message: 'x' }, poor)).toMatchObject({ status: 403 });
      expect(inbox()).toEqual([]);
    });

    it('checks the proof of the app secret', async () => {
      expect(errorOf(await get('/me', { appsecret_proof: 'ab' }))).toMatchObject({ code: 100 });
      sandbox.control.configure('facebook', { requireProof: true });
      expect(errorOf(await get('/me'))).toMatchObject({ code: 100 });
    });

    it('says how a token ended', async () => {
      sandbox.control.endTokens('facebook', page, 'expire');
      expect(errorOf(await get('/me'))).toMatchObject({ code: 190, error_subcode: 463 });
      token = await pageToken();
      sandbox.control.configure('facebook', { revokedSubcode: 460 });
      sandbox.control.endTokens('facebook', page, 'revoke');
      expect(errorOf(await get('/me'))).toMatchObject({ code: 190, error_subcode: 460 });
    });

    it('tells the usage, and shuts the page out when it is used up, longer with every call', async () => {
      sandbox.control.configure('facebook', { callBudget: 2, regainMinutes: 10 });
      const usage = async (): Promise<JsonValue> => {
        const { headers } = await get(`/${page}/feed`);
        const told = JSON.parse(headers.get('x-business-use-case-usage') ?? '{}') as Record<
          string,
          JsonValue[]
        >;
        return told[page]?.[0] ?? null;
      };
      expect(await usage()).toMatchObject({
        type: 'pages',
        call_count: 50,
        estimated_time_to_regain_access: 0,
      });
      await usage();
      expect(await usage()).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 10 });
      sandbox.control.advanceClock(5 * 60_000);
      expect(await usage()).toMatchObject({ estimated_time_to_regain_access: 10 });
      expect(errorOf(await post(`/${page}/feed`, { message: 'x' }))).toMatchObject({ code: 80001 });
    });
  });

  describe('posts', () => {
    it('shows a text at once and lists it with a lag', async () => {
      sandbox.control.configure('facebook', { readLagMs: HOUR_MS });
      const made = await post(`/${page}/feed`, { message: 'Grüße 👋', fields: 'id,permalink_url' });
      expect(inbox()).toMatchObject([
        { postId: idOf(made), text: 'Grüße 👋', permalink: made.json['permalink_url'], account: page },
      ]);
      expect(rows(await get(`/${page}/published_posts`))).toEqual([]);
      sandbox.control.advanceClock(HOUR_MS);
      const fields = 'id,message,application{id}';
      expect(rows(await get(`/${page}/published_posts`, { fields }))).toEqual([
        { id: idOf(made), message: 'Grüße 👋', application: { id: APP.clientId } },
      ]);
    });

    it('refuses the same text twice in a row', async () => {
      await post(`/${page}/feed`, { message: 'same' });
      const again = await post(`/${page}/feed`, { message: 'same' });
      expect(again).toMatchObject({ status: 400 });
      expect(errorOf(again)).toMatchObject({ code: 506 });
      await post(`/${page}/feed`, { message: 'other' });
      expect(await post(`/${page}/feed`, { message: 'same' })).toMatchObject({ status: 200 });
    });

    it.each<[string, Record<string, string>, JsonObject]>([
      ['nothing', {}, { code: 100 }],
      ['too much text', { message: 'x'.repeat(63_207) }, { code: 100 }],
      ['a bad link', { link: 'nowhere' }, { code: 100, error_subcode: 2061006 }],
      ['a link to Facebook', { link: 'https://www.facebook.com/x' }, { error_subcode: 1609008 }],
      ['an unknown photo', { attached_media: '[{"media_fbid":"1"}]' }, { code: 100 }],
      ['a time too near', { message: 'x', published: 'false', scheduled_publish_time: '1' }, { code: 100 }],
    ])('refuses %s', async (_what, fields, error) => {
      expect(errorOf(await post(`/${page}/feed`, fields))).toMatchObject(error);
      expect(inbox()).toEqual([]);
    });

    it('publishes photos alone and together, each once', async () => {
      const alone = await upload({ message: 'one', alt_text_custom: 'a box' });
      expect(alone.json).toEqual({ id: expect.any(String), post_id: expect.any(String) });
      const ids: string[] = [];
      for (const seed of [1, 2]) {
        const hidden = await upload({ published: 'false' }, await picture(seed));
        expect(hidden.json).toEqual({ id: expect.any(String) });
        ids.push(idOf(hidden));
      }
      const media = Object.fromEntries(
        ids.map((id, index) => [`attached_media[${index}]`, JSON.stringify({ media_fbid: id })]),
      );
      const together = await post(`/${page}/feed`, { message: 'two', ...media });
      expect(inbox()).toMatchObject([
        { text: 'one', media: [{ kind: 'image', alt: 'a box' }] },
        { text: 'two', media: [{ width: 41 }, { width: 42 }] },
      ]);
      const fields = 'attachments{media_type,target{id}}';
      expect(await get(`/${idOf(together)}`, { fields })).toMatchObject({
        json: { attachments: { data: [{ media_type: 'album', target: { id: ids[0] } }] } },
      });
      expect(errorOf(await post(`/${page}/feed`, media))).toMatchObject({ error_subcode: 1366051 });
      expect(errorOf(await upload({}, Buffer.from('no picture')))).toMatchObject({ error_subcode: 1366046 });
      expect(errorOf(await post(`/${page}/photos`, { url: `${REDIRECT}.png` }))).toMatchObject({
        ...{ code: 324, error_subcode: 2069019, is_transient: true },
      });
    });

    it('publishes by itself what was scheduled', async () => {
      const at = Math.floor(Date.now() / 1000) + 3600;
      await post(`/${page}/feed`, {
        message: 'later',
        published: 'false',
        scheduled_publish_time: String(at),
      });
      expect(rows(await get(`/${page}/scheduled_posts`))).toMatchObject([{ message: 'later' }]);
      expect(inbox()).toEqual([]);
      sandbox.control.advanceClock(HOUR_MS);
      expect(inbox()).toMatchObject([{ text: 'later' }]);
    });

    it('takes comments and answers to them, counts, and deletes once', async () => {
      const id = idOf(await post(`/${page}/feed`, { message: 'post' }));
      const comment = idOf(await post(`/${id}/comments`, { message: 'first' }));
      await post(`/${comment}/comments`, { message: 'answer' });
      expect(inbox()).toMatchObject([
        { text: 'post' },
        { replyTo: id },
        { replyTo: comment, text: 'answer' },
      ]);
      const fields = 'shares,comments.summary(true).limit(0),reactions.summary(true).limit(0)';
      expect((await get(`/${id}`, { fields })).json).toMatchObject({
        comments: { summary: { total_count: 2 } },
      });
      expect((await remove(`/${comment}`)).json).toEqual({ success: true });
      expect((await remove(`/${id}`)).json).toEqual({ success: true });
      expect(errorOf(await remove(`/${id}`))).toMatchObject({ code: 100, error_subcode: 33 });
      expect(inbox()).toEqual([]);
    });

    it('gives the figures, and none of them when one is gone', async () => {
      sandbox.control.configure('facebook', { mediaViews: 7 });
      const id = idOf(await post(`/${page}/feed`, { message: 'post' }));
      expect(rows(await get(`/${id}/insights`, { metric: 'post_media_view,post_clicks' }))).toMatchObject([
        { name: 'post_media_view', values: [{ value: 7 }] },
        { name: 'post_clicks', values: [{ value: 0 }] },
      ]);
      const gone = await get(`/${id}/insights`, { metric: 'post_media_view,post_impressions' });
      expect(errorOf(gone)).toMatchObject({ message: '(#100) The value must be a valid insights metric' });
    });
  });

  describe('videos', () => {
    const film = Buffer.from('a film of forty bytes, more or less good');

    const statusOf = async (id: string): Promise<JsonObject> =>
      objectAt((await get(`/${id}`, { fields: 'status' })).json, 'status') ?? {};

    async function startReel(): Promise<{ id: string; address: string }> {
      const { json } = await post(`/${page}/video_reels`, { upload_phase: 'start' });
      return { id: stringAt(json, 'video_id') ?? '', address: stringAt(json, 'upload_url') ?? '' };
    }

    it('brings a reel out in its own time', async () => {
      const { id, address } = await startReel();
      const finish = {
        upload_phase: 'finish',
        video_id: id,
        video_state: 'PUBLISHED',
        description: 'A reel',
      };
      expect(errorOf(await post(`/${page}/video_reels`, finish))).toMatchObject({ code: 6000 });
      expect((await send(address, film)).json).toEqual({ success: true });
      expect(await statusOf(id)).toMatchObject({ video_status: 'processing' });
      expect((await post(`/${page}/video_reels`, finish)).json).toEqual({ success: true });
      expect(inbox()).toEqual([]);
      expect(await statusOf(id)).toMatchObject({ publishing_phase: { status: 'in_progress' } });
      expect(inbox()).toMatchObject([{ text: 'A reel', media: [{ kind: 'video', bytes: film.length }] }]);
      expect(await statusOf(id)).toMatchObject({
        ...{ video_status: 'ready', publishing_phase: { publish_status: 'published' } },
      });
      const { json } = await get(`/${id}`, { fields: 'permalink_url,post_id' });
      expect(json).toEqual({ id, permalink_url: `/reel/${id}/`, post_id: inbox()[0]?.postId });
      expect(await post(`/${page}/video_reels`, finish)).toMatchObject({ status: 200 });
      expect(inbox()).toHaveLength(1);
    });

    it('takes the bytes from where the last request ended, and only with an OAuth header', async () => {
      const { id, address } = await startReel();
      const size = { file_size: String(film.length) };
      expect(await send(address, film, { authorization: `Bearer ${token}` })).toMatchObject({ status: 401 });
      expect((await send(address, film.subarray(0, 10), size)).json).toMatchObject({
        debug_info: { type: 'PartialRequestError', retriable: true },
      });
      expect((await send(address, film, size)).json).toMatchObject({
        debug_info: { type: 'OffsetInvalidError', retriable: true },
      });
      expect(await statusOf(id)).toMatchObject({ uploading_phase: { bytes_transfered: 10 } });
      const rest = await send(address, film.subarray(10), { ...size, offset: '10' });
      expect(rest.json).toEqual({ success: true });
    });

    it('fails while it is processed, and shows nothing', async () => {
      sandbox.control.configure('facebook', { processingFailure: true });
      const { id, address } = await startReel();
      await send(address, film);
      await post(`/${page}/video_reels`, { upload_phase: 'finish', video_id: id, video_state: 'PUBLISHED' });
      await statusOf(id);
      expect(await statusOf(id)).toMatchObject({
        video_status: 'error',
        processing_phase: { status: 'error' },
      });
      expect(inbox()).toEqual([]);
    });

    it('takes so many reels a day', async () => {
      sandbox.control.configure('facebook', { reelsPerDay: 1, processingPolls: 0, publishPolls: 0 });
      for (const expected of [200, 400]) {
        const { id, address } = await startReel();
        await send(address, film);
        const finish = { upload_phase: 'finish', video_id: id, video_state: 'PUBLISHED' };
        expect(await post(`/${page}/video_reels`, finish)).toMatchObject({ status: expected });
      }
      expect(inbox()).toHaveLength(1);
    });

    it('publishes stories of a photo and of a video', async () => {
      sandbox.control.configure('facebook', { processingPolls: 0, publishPolls: 0 });
      const photo = idOf(await upload({ published: 'false' }));
      const shown = await post(`/${page}/photo_stories`, { photo_id: photo });
      const { json } = await post(`/${page}/video_stories`, { upload_phase: 'start' });
      const id = stringAt(json, 'video_id') ?? '';
      await send(stringAt(json, 'upload_url') ?? '', film);
      const out = await post(`/${page}/video_stories`, { upload_phase: 'finish', video_id: id });
      expect(out.json).toMatchObject({ success: true });
      expect(inbox().map(({ postId }) => postId)).toEqual([shown.json['post_id'], out.json['post_id']]);
      expect(rows(await get(`/${page}/stories`, { status: 'PUBLISHED' }))).toHaveLength(2);
      expect(rows(await get(`/${page}/published_posts`))).toEqual([]);
    });

    it('takes a long video in the pieces that it asks for', async () => {
      sandbox.control.configure('facebook', { chunkBytes: 30, processingPolls: 0, publishPolls: 0 });
      const started = await post(`/${page}/videos`, {
        upload_phase: 'start',
        file_size: String(film.length),
      });
      const session = stringAt(started.json, 'upload_session_id') ?? '';
      expect(started.json).toMatchObject({ start_offset: '0', end_offset: '30' });
      const piece = async (from: number, to: number): Promise<Answer> => {
        const body = new FormData();
        const fields = { access_token: token, upload_phase: 'transfer', upload_session_id: session };
        for (const [name, value] of Object.entries(fields)) body.set(name, value);
        body.set('start_offset', String(from));
        body.set('video_file_chunk', new Blob([new Uint8Array(film.subarray(from, to))]), 'chunk');
        return read(await fetch(graph(`/${page}/videos`, 'VIDEO'), { method: 'POST', body }));
      };
      const finish = { upload_phase: 'finish', upload_session_id: session, description: 'Long' };
      expect(errorOf(await piece(10, 30))).toMatchObject({ code: 6001, error_data: { start_offset: '0' } });
      expect((await piece(0, 30)).json).toEqual({ start_offset: '30', end_offset: '40' });
      expect(errorOf(await post(`/${page}/videos`, finish))).toMatchObject({ error_subcode: 1363048 });
      expect((await piece(30, 40)).json).toEqual({ start_offset: '40', end_offset: '40' });
      expect((await post(`/${page}/videos`, finish)).json).toEqual({ success: true });
      expect(inbox()).toMatchObject([{ text: 'Long', media: [{ bytes: film.length }] }]);
    });

    it('says what cannot be fetched', async () => {
      const refused = await post(`/${page}/videos`, { file_url: 'https://video.fbcdn.net/x.mp4' });
      expect(errorOf(refused)).toMatchObject({ code: 389, error_subcode: 1363057 });
    });
  });
});
