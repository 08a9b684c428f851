import { createServer, type Server } from 'node:http';
import sharp from 'sharp';
import { closeServer, listenOnLoopback } from '../core/loopback.js';
import { arrayAt, isJsonObject, numberAt, objectAt, stringAt, type JsonObject } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createThreadsSimulator } from './threads.simulator.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
}

type Params = Readonly<Record<string, string>>;

const DAY_MS = 24 * 60 * 60_000;
const APP = { client_id: 'threads-app', client_secret: 'threads-app-secret' };
const REDIRECT = 'http://127.0.0.1:3000/callback';
const SCOPES =
  'threads_basic,threads_content_publish,threads_manage_replies,threads_read_replies,threads_manage_insights,threads_delete';

describe('Threads simulator', () => {
  let sandbox: Sandbox;
  let files: Server;
  let api: string;
  let auth: string;
  let filesUrl: string;
  let token: string;
  const served = new Map<string, { type: string; bytes: Buffer }>();

  beforeAll(async () => {
    sandbox = await startSandbox({
      port: 0,
      simulators: [{ key: 'threads', create: createThreadsSimulator }],
    });
    files = createServer((request, response) => {
      const file = served.get(request.url ?? '');
      response.writeHead(file === undefined ? 404 : 200, { 'content-type': file?.type ?? 'text/plain' });
      response.end(file?.bytes);
    });
    filesUrl = `http://127.0.0.1:${await listenOnLoopback(files, 0)}`;
    const hosts = sandbox.info().platforms['threads']?.hosts ?? {};
    api = hosts['API'] ?? '';
    auth = hosts['AUTH'] ?? '';
    const picture = sharp({ create: { width: 400, height: 300, channels: 3, background: 'teal' } });
    served.set('/picture.png', { type: 'image/png', bytes: await picture.clone().png().toBuffer() });
    served.set('/moving.gif', { type: 'image/gif', bytes: await picture.clone().gif().toBuffer() });
    const head = Buffer.from([0, 0, 0, 8]);
    served.set('/clip.mp4', { type: 'video/mp4', bytes: Buffer.concat([head, Buffer.from('ftyp')]) });
  });

  beforeEach(async () => {
    sandbox.control.reset();
    token = await longToken();
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(async () => {
    await sandbox.close();
    await closeServer(files);
  });

  async function read(answer: Response): Promise<Answer> {
    const text = await answer.text();
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: answer.status, headers: answer.headers, text, json: isJsonObject(parsed) ? parsed : {} };
  }

  async function get(path: string, params: Params = {}, access: string | null = token): Promise<Answer> {
    const query = new URLSearchParams(access === null ? params : { ...params, access_token: access });
    return read(await fetch(`${api}${path}?${query.toString()}`));
  }

  async function post(path: string, params: Params, access = token): Promise<Answer> {
    const headers = { authorization: `Bearer ${access}` };
    return read(await fetch(`${api}${path}`, { method: 'POST', body: new URLSearchParams(params), headers }));
  }

  async function remove(id: string): Promise<Answer> {
    return read(await fetch(`${api}/v1.0/${id}?access_token=${token}`, { method: 'DELETE' }));
  }

  async function code(scope = SCOPES, fields: Params = {}): Promise<string> {
    const body = new URLSearchParams({
      response_type: 'code',
      client_id: APP.client_id,
      redirect_uri: REDIRECT,
      scope,
      state: 'st',
      decision: 'allow',
      ...fields,
    });
    const answer = await fetch(`${auth}/oauth/authorize`, { method: 'POST', body, redirect: 'manual' });
    const location = answer.headers.get('location') ?? '';
    expect(location.endsWith('#_')).toBe(true);
    return new URL(location).searchParams.get('code') ?? '';
  }

  async function shortToken(scope = SCOPES, fields: Params = {}): Promise<string> {
    const answer = await redeem(await code(scope, fields));
    return stringAt(answer.json, 'access_token') ?? '';
  }

  async function redeem(given: string, more: Params = {}): Promise<Answer> {
    const body = new URLSearchParams({
      ...{ ...APP, grant_type: 'authorization_code', redirect_uri: REDIRECT, code: given },
      ...more,
    });
    return read(await fetch(`${api}/oauth/access_token`, { method: 'POST', body }));
  }

  async function longToken(scope = SCOPES, fields: Params = {}): Promise<string> {
    const answer = await exchange(await shortToken(scope, fields));
    return stringAt(answer.json, 'access_token') ?? '';
  }

  const exchange = (access: string): Promise<Answer> =>
    get('/access_token', { grant_type: 'th_exchange_token', client_secret: APP.client_secret }, access);

  const refresh = (): Promise<Answer> => get('/refresh_access_token', { grant_type: 'th_refresh_token' });

  const idOf = ({ json }: Answer): string => stringAt(json, 'id') ?? '';
  const errorOf = ({ status, json }: Answer): readonly unknown[] => {
    const error = objectAt(json, 'error') ?? {};
    return [status, numberAt(error, 'code'), numberAt(error, 'error_subcode')];
  };
  const container = (params: Params): Promise<Answer> => post('/v1.0/me/threads', params);
  const publish = (id: string): Promise<Answer> => post('/v1.0/me/threads_publish', { creation_id: id });
  const statusOf = async (id: string): Promise<string | undefined> =>
    stringAt((await get(`/v1.0/${id}`, { fields: 'id,status,error_message' })).json, 'status');
  const inbox = (): ReturnType<typeof sandbox.control.inbox> => sandbox.control.inbox('threads');

  /** Both steps, with the time that processing takes in between. */
  async function write(params: Params): Promise<string> {
    const made = await container(params);
    expect(made.status).toBe(200);
    sandbox.control.advanceClock(10_000);
    const published = await publish(idOf(made));
    expect(published.status).toBe(200);
    return idOf(published);
  }

  describe('tokens', () => {
    it('gives a short one, with an id that is a number above 2^53', async () => {
      const answer = await redeem(await code());
      expect(answer.text).toMatch(/"user_id":25000000000000001[,}]/);
      const me = await get('/me', { fields: 'id,username' }, stringAt(answer.json, 'access_token'));
      expect(me.json).toEqual({ id: '25000000000000001', username: 'alice' });
    });

    it('takes a code once', async () => {
      const once = await code();
      await redeem(once);
      expect(errorOf(await redeem(once))).toEqual([400, 100, 4_279_030]);
      expect((await redeem(await code(), { client_secret: 'wrong' })).json).toMatchObject({ code: 400 });
      expect(errorOf(await redeem(await code(), { client_id: '' }))).toEqual([400, 100, 4_476_002]);
    });

    it('makes a short one long, and a long one no longer', async () => {
      const answer = await exchange(await shortToken());
      expect(answer.json).toMatchObject({ token_type: 'bearer', expires_in: 5_184_000 });
      expect(errorOf(await exchange(token))).toEqual([400, 452, 4_279_019]);
    });

    it('refreshes a long one after a day, for 60 days more', async () => {
      expect(errorOf(await refresh())).toEqual([400, 100, undefined]);
      sandbox.control.advanceClock(DAY_MS);
      const answer = await refresh();
      expect(answer.json).toMatchObject({ expires_in: 5_184_000 });
      sandbox.control.advanceClock(59.5 * DAY_MS);
      expect(errorOf(await get('/me'))).toEqual([401, 190, 463]);
      expect((await get('/me', {}, stringAt(answer.json, 'access_token'))).status).toBe(200);
    });

    it('says what was granted, and refuses what was not', async () => {
      const little = await longToken(SCOPES, { 'declined[]': 'threads_delete' });
      const debug = await get('/debug_token', { input_token: little }, 'TH|threads-app|threads-app-secret');
      expect(arrayAt(objectAt(debug.json, 'data') ?? {}, 'scopes')).not.toContain('threads_delete');
      const id = await write({ media_type: 'TEXT', text: 'Hello' });
      const answer = await fetch(`${api}/v1.0/${id}?access_token=${little}`, { method: 'DELETE' });
      expect(errorOf(await read(answer))).toEqual([500, 10, undefined]);
    });

    it('tells a revoked one from an unknown one', async () => {
      sandbox.control.endTokens('threads', '25000000000000001', 'revoke');
      expect(errorOf(await get('/me'))).toEqual([401, 190, 458]);
      expect(errorOf(await get('/me', {}, 'nonsense'))).toEqual([401, 190, undefined]);
    });
  });

  describe('a container', () => {
    it('is processed, finished, published', async () => {
      const id = idOf(await container({ media_type: 'TEXT', text: 'Hello' }));
      expect(await statusOf(id)).toBe('IN_PROGRESS');
      expect(errorOf(await publish(id))).toEqual([400, 24, 4_279_009]);
      expect(inbox()).toEqual([]);
      sandbox.control.advanceClock(1000);
      expect(await statusOf(id)).toBe('FINISHED');
      await publish(id);
      expect(await statusOf(id)).toBe('PUBLISHED');
      await publish(id);
      expect(inbox()).toMatchObject([{ text: 'Hello', account: '25000000000000001' }]);
    });

    it('expires after a day', async () => {
      const id = idOf(await container({ media_type: 'TEXT', text: 'Late' }));
      sandbox.control.advanceClock(DAY_MS);
      expect(await statusOf(id)).toBe('EXPIRED');
      expect(errorOf(await publish(id))).toEqual([400, 24, 4_279_009]);
    });

    it('has no status_code, and none at all where the published one is forgotten', async () => {
      const id = idOf(await container({ media_type: 'TEXT', text: 'Hello' }));
      expect(errorOf(await get(`/v1.0/${id}`, { fields: 'status_code' }))).toEqual([500, 100, undefined]);
      sandbox.control.configure('threads', { forgetsContainers: true });
      sandbox.control.advanceClock(1000);
      const published = idOf(await publish(id));
      expect(errorOf(await get(`/v1.0/${id}`, { fields: 'status' }))).toEqual([500, 100, undefined]);
      expect(errorOf(await get(`/v1.0/${published}`, { fields: 'status' }))).toEqual([500, 100, undefined]);
    });

    it('is not found by the first publishes, where it races', async () => {
      sandbox.control.configure('threads', { publishRaces: 2, textMs: 0 });
      const id = idOf(await container({ media_type: 'TEXT', text: 'Hello' }));
      expect(await statusOf(id)).toBe('FINISHED');
      expect(errorOf(await publish(id))).toEqual([400, 24, 4_279_009]);
      expect(errorOf(await publish(id))).toEqual([400, 24, 4_279_009]);
      expect((await publish(id)).status).toBe(200);
    });

    it.each<[string, Params]>([
      ['a text of 501', { media_type: 'TEXT', text: 'x'.repeat(501) }],
      ['an emoji over the limit', { media_type: 'TEXT', text: `${'x'.repeat(497)}😀` }],
      ['no text', { media_type: 'TEXT' }],
      ['no media_type', { text: 'Hello' }],
      [
        'a poll beside a picture',
        { media_type: 'IMAGE', poll_attachment: '{"option_a":"a","option_b":"b"}' },
      ],
      ['a link card beside a picture', { media_type: 'IMAGE', link_attachment: 'https://example.com' }],
      ['a poll of one', { media_type: 'TEXT', text: 'Which?', poll_attachment: '{"option_a":"a"}' }],
      ['a reply to nothing', { media_type: 'TEXT', text: 'Hello', reply_to_id: '18000000000000000' }],
      ['an unknown audience', { media_type: 'TEXT', text: 'Hello', reply_control: 'nobody' }],
      ['a topic with a dot', { media_type: 'TEXT', text: 'Hello', topic_tag: 'a.b' }],
      ['a carousel of none', { media_type: 'CAROUSEL', children: '' }],
      [
        'six links',
        { media_type: 'TEXT', text: [1, 2, 3, 4, 5, 6].map((no) => `https://a.example/${no}`).join(' ') },
      ],
    ])('is refused with %s', async (_what, params) => {
      expect(errorOf(await container(params))).toEqual([500, 100, undefined]);
    });

    it('takes 500 characters, of which an emoji is four', async () => {
      const made = await container({ media_type: 'TEXT', text: `${'é'.repeat(496)}😀` });
      expect(made.status).toBe(200);
    });

    it('refuses a topic and a link card as the platform does', async () => {
      sandbox.control.configure('threads', { forbiddenTopic: 'never', refusesLinkCards: true });
      const topic = await container({ media_type: 'TEXT', text: 'Hello', topic_tag: 'never' });
      expect(errorOf(topic)).toEqual([400, 100, 4_279_071]);
      const card = await container({
        media_type: 'TEXT',
        text: 'Hello',
        link_attachment: 'https://example.com',
      });
      expect(errorOf(card)).toEqual([400, -1, 4_279_047]);
    });
  });

  describe('media', () => {
    it('fetches a picture itself', async () => {
      await write({
        ...{ media_type: 'IMAGE', text: 'Look', alt_text: 'A colour' },
        image_url: `${filesUrl}/picture.png`,
      });
      const [entry] = inbox();
      expect(entry?.media).toMatchObject([
        { kind: 'image', mimeType: 'image/png', alt: 'A colour', width: 400 },
      ]);
      expect(sandbox.control.media(entry?.media[0]?.sha256 ?? '')?.bytes).toEqual(
        served.get('/picture.png')?.bytes,
      );
    });

    it('refuses a picture that is not there, or of another type', async () => {
      const missing = await container({ media_type: 'IMAGE', image_url: `${filesUrl}/missing.png` });
      expect(errorOf(missing)).toEqual([400, 1, 2_207_052]);
      const moving = await container({ media_type: 'IMAGE', image_url: `${filesUrl}/moving.gif` });
      expect(errorOf(moving)).toEqual([500, 100, undefined]);
    });

    it('fetches a video in the background', async () => {
      const missing = idOf(await container({ media_type: 'VIDEO', video_url: `${filesUrl}/missing.mp4` }));
      await write({ media_type: 'VIDEO', text: 'Play', video_url: `${filesUrl}/clip.mp4` });
      expect(inbox()).toMatchObject([{ text: 'Play', media: [{ kind: 'video' }] }]);
      const { json } = await get(`/v1.0/${missing}`, { fields: 'status,error_message' });
      expect(json).toMatchObject({ status: 'ERROR', error_message: 'FAILED_DOWNLOADING_VIDEO' });
      expect(errorOf(await publish(missing))).toEqual([400, 1, 2_207_032]);
    });

    it('makes a carousel of ready children, with the text at the parent', async () => {
      const child = { media_type: 'IMAGE', image_url: `${filesUrl}/picture.png`, is_carousel_item: 'true' };
      expect(errorOf(await container({ ...child, text: 'no' }))).toEqual([500, 100, undefined]);
      const ids = [idOf(await container(child)), idOf(await container(child))];
      const parent = { media_type: 'CAROUSEL', text: 'Both', children: ids.join(',') };
      expect(errorOf(await container(parent))).toEqual([500, 100, undefined]);
      sandbox.control.advanceClock(2000);
      expect(errorOf(await publish(ids[0] ?? ''))).toEqual([500, 100, undefined]);
      await write(parent);
      expect(inbox()).toMatchObject([{ text: 'Both', media: [{ kind: 'image' }, { kind: 'image' }] }]);
    });
  });

  describe('a post', () => {
    it('keeps the first tag as its topic, without its sign', async () => {
      const id = await write({ media_type: 'TEXT', text: 'On #tea and #milk' });
      const { json } = await get(`/v1.0/${id}`, { fields: 'text,topic_tag,permalink,shortcode,media_type' });
      expect(json).toMatchObject({ text: 'On tea and #milk', topic_tag: 'tea', media_type: 'TEXT_POST' });
      expect(json['permalink']).toBe(`${auth}/@alice/post/${stringAt(json, 'shortcode') ?? ''}`);
    });

    it('shows a card of its link', async () => {
      await write({ media_type: 'TEXT', text: 'See https://example.com/one' });
      await write({ media_type: 'TEXT', text: 'See', link_attachment: 'https://example.com/two' });
      const cards = inbox().map(({ linkCard }) => linkCard?.url);
      expect(cards).toEqual(['https://example.com/one', 'https://example.com/two']);
    });

    it('has its replies in a list of their own', async () => {
      sandbox.control.configure('threads', { replyLagMs: 2000 });
      const first = await write({ media_type: 'TEXT', text: 'One' });
      const reply = { media_type: 'TEXT', text: 'Two', reply_to_id: first };
      expect(errorOf(await container(reply))).toEqual([400, 24, 4_279_009]);
      sandbox.control.advanceClock(2000);
      const second = await write(reply);
      expect(inbox()).toMatchObject([{ replyTo: null }, { replyTo: first }]);
      const posts = await get('/v1.0/me/threads', { fields: 'id' });
      const replies = await get('/v1.0/me/replies', { fields: 'id,replied_to,root_post' });
      expect(arrayAt(posts.json, 'data')).toEqual([{ id: first }]);
      expect(arrayAt(replies.json, 'data')).toMatchObject([{ id: second, replied_to: { id: first } }]);
    });

    it('comes into the list with its lag, by pages and by time', async () => {
      const ids = [];
      for (const text of ['One', 'Two', 'Three']) ids.push(await write({ media_type: 'TEXT', text }));
      sandbox.control.configure('threads', { readLagMs: 60_000 });
      expect(arrayAt((await get('/v1.0/me/threads')).json, 'data')).toEqual([]);
      sandbox.control.advanceClock(60_000);
      const page = await get('/v1.0/me/threads', { limit: '2' });
      expect(arrayAt(page.json, 'data')).toEqual([{ id: ids[2] }, { id: ids[1] }]);
      const after = stringAt(objectAt(objectAt(page.json, 'paging') ?? {}, 'cursors') ?? {}, 'after') ?? '';
      const next = await get('/v1.0/me/threads', { limit: '2', after });
      expect(arrayAt(next.json, 'data')).toEqual([{ id: ids[0] }]);
      const since = String(Math.floor(Date.parse(sandbox.control.clock().now) / 1000));
      expect(arrayAt((await get('/v1.0/me/threads', { since })).json, 'data')).toEqual([]);
    });

    it('is deleted once', async () => {
      const id = await write({ media_type: 'TEXT', text: 'Gone' });
      expect((await remove(id)).json).toEqual({ success: true, deleted_id: id });
      expect(errorOf(await remove(id))).toEqual([400, 100, 33]);
      expect(inbox()).toEqual([]);
    });

    it('has its figures', async () => {
      sandbox.control.configure('threads', { insights: { views: 40, likes: 3 } });
      const id = await write({ media_type: 'TEXT', text: 'Counted' });
      await post(`/v1.0/${id}/repost`, {});
      const { json } = await get(`/v1.0/${id}/insights`, { metric: 'views,likes,reposts' });
      const values = (arrayAt(json, 'data') ?? []).map((entry) =>
        isJsonObject(entry) ? entry['values'] : null,
      );
      expect(values).toEqual([[{ value: 40 }], [{ value: 3 }], [{ value: 1 }]]);
      expect(errorOf(await get(`/v1.0/${id}/insights`, { metric: 'saves' }))).toEqual([500, 100, undefined]);
    });
  });

  describe('limits', () => {
    it('counts posts and replies in two quotas', async () => {
      sandbox.control.configure('threads', { postQuota: 1, textMs: 0 });
      const first = await write({ media_type: 'TEXT', text: 'One' });
      const more = idOf(await container({ media_type: 'TEXT', text: 'Two' }));
      expect(errorOf(await publish(more))).toEqual([403, 4, undefined]);
      await write({ media_type: 'TEXT', text: 'Reply', reply_to_id: first });
      const quota = await get('/v1.0/me/threads_publishing_limit', {
        fields: 'quota_usage,config,reply_quota_usage',
      });
      expect(arrayAt(quota.json, 'data')).toEqual([
        { quota_usage: 1, config: { quota_total: 1, quota_duration: 86_400 }, reply_quota_usage: 1 },
      ]);
      sandbox.control.advanceClock(DAY_MS);
      await write({ media_type: 'TEXT', text: 'Three' });
    });

    it('says how much of the calls is used', async () => {
      const { headers } = await get('/v1.0/me');
      expect(JSON.parse(headers.get('x-app-usage') ?? '')).toMatchObject({ call_count: 0 });
    });

    it('keeps a restricted account from posting', async () => {
      sandbox.control.createAccount('threads', { username: 'alice', restricted: true });
      const id = idOf(await container({ media_type: 'TEXT', text: 'Hello' }));
      sandbox.control.advanceClock(1000);
      expect(errorOf(await publish(id))).toEqual([403, 25, 4_279_013]);
    });

    it('lets nobody post for somebody else', async () => {
      const answer = await post('/v1.0/25000000000001003/threads', { media_type: 'TEXT', text: 'Hello' });
      expect(errorOf(answer)).toEqual([400, 100, 33]);
    });
  });
});
