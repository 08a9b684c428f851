import sharp from 'sharp';
import { arrayAt, isJsonObject, numberAt, objectAt, stringAt, type JsonObject } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createTumblrSimulator } from './tumblr.simulator.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
}

interface Part {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const APP = { client_id: 'tumblr-app', client_secret: 'tumblr-app-secret' };
const REDIRECT = 'http://127.0.0.1:3000/callback';
const SCOPE = 'basic write offline_access';

describe('Tumblr simulator', () => {
  let sandbox: Sandbox;
  let api: string;
  let auth: string;
  let token: string;
  let picture: Buffer;

  beforeAll(async () => {
    sandbox = await startSandbox({
      port: 0,
      simulators: [{ key: 'tumblr', create: createTumblrSimulator }],
    });
    const hosts = sandbox.info().platforms['tumblr']?.hosts ?? {};
    api = hosts['API'] ?? '';
    auth = hosts['AUTH'] ?? '';
    picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
  });

  beforeEach(async () => {
    sandbox.control.reset();
    token = stringAt((await login()).json, 'access_token') ?? '';
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  async function read(answer: Response): Promise<Answer> {
    const text = await answer.text();
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: answer.status, headers: answer.headers, text, json: isJsonObject(parsed) ? parsed : {} };
  }

  async function login(fields: Record<string, string> = {}): Promise<Answer> {
    const asked = { response_type: 'code', client_id: APP.client_id, redirect_uri: REDIRECT, state: 's' };
    const body = new URLSearchParams({ ...asked, scope: SCOPE, decision: 'allow', ...fields });
    const answer = await fetch(`${auth}/oauth2/authorize`, { method: 'POST', body, redirect: 'manual' });
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    return tokens({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  }

  async function tokens(fields: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams({ ...APP, ...fields });
    return read(await fetch(`${api}/v2/oauth2/token`, { method: 'POST', body }));
  }

  async function call(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    return read(await fetch(`${api}/v2${path}`, { redirect: 'manual', ...init, headers }));
  }

  const post = (body: JsonObject, blog = 'alice-bakes'): Promise<Answer> =>
    call(`/blog/${blog}/posts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  /** Written by hand: the part `json` has a type and no file name, which FormData cannot do. */
  function upload(body: JsonObject, parts: readonly Part[], jsonLast = false): Promise<Answer> {
    const head = (name: string, type: string, file = ''): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"${file}\r\nContent-Type: ${type}\r\n\r\n`;
    const said = Buffer.from(`${head('json', 'application/json')}${JSON.stringify(body)}\r\n`);
    const files = parts.flatMap(({ name, type, bytes }) => [
      Buffer.from(head(name, type, `; filename="${name}"`)),
      bytes,
      Buffer.from('\r\n'),
    ]);
    const segments = [...(jsonLast ? [...files, said] : [said, ...files]), Buffer.from('--b--\r\n')];
    return call('/blog/alice-bakes/posts', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: Buffer.concat(segments),
    });
  }

  const words = (text: string, more: JsonObject = {}): JsonObject => ({
    content: [{ type: 'text', text, ...more }],
  });
  const drawn = (identifier: string): JsonObject => ({
    type: 'image',
    media: [{ type: 'image/png', identifier, width: 40, height: 30 }],
    alt_text: 'Teal',
  });
  const filmed: JsonObject = {
    content: [{ type: 'video', media: { type: 'video/mp4', identifier: 'v0', width: 64, height: 48 } }],
  };
  const film = (seconds = 1): Part => ({ name: 'v0', type: 'video/mp4', bytes: movie(seconds) });
  const png = (name: string): Part => ({ name, type: 'image/png', bytes: picture });
  const idOf = ({ json }: Answer): string => stringAt(objectAt(json, 'response') ?? {}, 'id') ?? '';
  const errorOf = ({ status, json }: Answer): readonly unknown[] => {
    const [error] = arrayAt(json, 'errors') ?? [];
    return [status, isJsonObject(error) ? numberAt(error, 'code') : undefined];
  };
  const inbox = (): ReturnType<typeof sandbox.control.inbox> => sandbox.control.inbox('tumblr');
  const postsOf = ({ json }: Answer): readonly JsonObject[] =>
    (arrayAt(objectAt(json, 'response') ?? {}, 'posts') ?? []).filter(isJsonObject);

  describe('login', () => {
    it('gives tokens for 42 minutes, and says nothing of the basic scope', async () => {
      const { json } = await login();
      expect(json).toMatchObject({ expires_in: 2520, id_token: false, scope: 'write offline_access' });
      sandbox.control.advanceClock(42 * MINUTE_MS);
      expect(errorOf(await call('/user/info'))).toEqual([401, 1016]);
    });

    it('changes the refresh token with each use, and answers a used one with 401', async () => {
      const refresh_token = stringAt((await login()).json, 'refresh_token') ?? '';
      const renewed = await tokens({ grant_type: 'refresh_token', refresh_token });
      expect(renewed.status).toBe(200);
      expect(renewed.json['refresh_token']).not.toBe(refresh_token);
      const again = await tokens({ grant_type: 'refresh_token', refresh_token });
      expect([again.status, again.json['error']]).toEqual([401, 'invalid_grant']);
    });

    it('gives no refresh token without offline_access, and refuses to write without its scope', async () => {
      const { json } = await login({ 'declined[]': 'write', scope: 'basic write' });
      expect(json['refresh_token']).toBeUndefined();
      token = stringAt(json, 'access_token') ?? '';
      expect(errorOf(await post(words('Not allowed')))).toEqual([403, 0]);
    });

    it('names all blogs of the person, and takes each by name, host or UUID', async () => {
      const [alice] = sandbox.control.accounts('tumblr');
      const second = sandbox.control.createAccount('tumblr', { name: 'Second blog', with: alice?.id ?? '' });
      const other = sandbox.control.createAccount('tumblr', { name: 'Bob' });
      const { json } = await call('/user/info');
      const user = objectAt(objectAt(json, 'response') ?? {}, 'user') ?? {};
      expect(user['blogs']).toMatchObject([
        { name: 'alice-bakes', uuid: alice?.id, primary: true },
        { name: 'second-blog', uuid: second.id, primary: false },
      ]);
      for (const blog of ['second-blog', 'second-blog.tumblr.com', encodeURIComponent(second.id)]) {
        expect((await post(words(`To ${blog}`), blog)).status).toBe(201);
      }
      expect(errorOf(await post(words('Not mine'), other.id))).toEqual([403, 0]);
      expect(errorOf(await post(words('Nobody'), 'nobody'))).toEqual([404, 0]);
      expect(inbox().map(({ account }) => account)).toEqual([second.id, second.id, second.id]);
      expect((await call('/blog/second-blog/avatar/128')).headers.get('location')).toContain('second-blog');
    });

    it('lets nobody in without a user agent', async () => {
      const answer = await read(
        await fetch(`${api}/v2/user/info`, {
          headers: { authorization: `Bearer ${token}`, 'user-agent': '' },
        }),
      );
      expect(errorOf(answer)).toEqual([403, 0]);
    });
  });

  describe('posts', () => {
    it('have ids beyond 2^53, and are found by the slug in their address', async () => {
      const made = await post({ ...words('Fresh bread'), tags: 'bread, sour dough', slug: 'fresh-0a1b2c3d' });
      const id = idOf(made);
      expect(Number.isSafeInteger(Number(id))).toBe(false);
      const listed = await call('/blog/alice-bakes/posts?npf=true&limit=20');
      expect(listed.text).toContain(`"id":${id},"id_string":"${id}"`);
      expect(postsOf(listed)).toMatchObject([
        {
          id_string: id,
          state: 'published',
          post_url: `${auth}/alice-bakes/${id}/fresh-0a1b2c3d`,
          tags: ['bread', 'sour dough'],
          content: [{ type: 'text', text: 'Fresh bread' }],
        },
      ]);
      expect(inbox()).toMatchObject([{ postId: id, text: 'Fresh bread', extra: { slug: 'fresh-0a1b2c3d' } }]);
    });

    it('carry links, other players and pictures with their words', async () => {
      const link = {
        type: 'link',
        url: 'https://example.org/bread',
        title: 'Bread',
        description: 'A recipe',
      };
      const player = { type: 'video', provider: 'youtube', url: 'https://www.youtube.com/watch?v=1' };
      const layout = [{ type: 'rows', display: [{ blocks: [0, 1] }, { blocks: [2] }, { blocks: [3] }] }];
      const content = [drawn('m0'), drawn('m1'), link, player];
      expect((await upload({ content, layout }, [png('m0'), png('m1')])).status).toBe(201);
      expect(inbox()).toMatchObject([
        {
          media: [
            { kind: 'image', alt: 'Teal', width: 40 },
            { kind: 'image', alt: 'Teal' },
          ],
          linkCard: { url: 'https://example.org/bread', title: 'Bread' },
          extra: { players: ['https://www.youtube.com/watch?v=1'] },
        },
      ]);
    });

    it('need a part for each identifier behind the words, and none beside', async () => {
      const content = [drawn('m0')];
      expect(errorOf(await upload({ content }, []))).toEqual([400, 8001]);
      expect(errorOf(await upload({ content }, [png('m0'), png('m1')]))).toEqual([400, 8001]);
      expect(errorOf(await post({ content }))).toEqual([400, 8001]);
      expect(errorOf(await upload({ content }, [png('m0')], true))).toEqual([400, 8001]);
      const wrong = { name: 'm0', type: 'image/png', bytes: Buffer.from('no picture') };
      expect(errorOf(await upload({ content }, [wrong]))).toEqual([400, 8005]);
      expect(inbox()).toEqual([]);
    });

    it.each<[string, JsonObject]>([
      ['no blocks', { content: [] }],
      ['empty words only', words('  ')],
      ['4,097 code points', words('é'.repeat(4_097))],
      ['a range beyond the text', words('ab', { formatting: [{ start: 0, end: 3, type: 'bold' }] })],
      ['a link without address', words('ab', { formatting: [{ start: 0, end: 1, type: 'link' }] })],
      ['a field of another block', words('ab', { url: 'https://example.org' })],
      ['11 links', { content: Array<JsonObject>(11).fill({ type: 'link', url: 'https://example.org' }) }],
      ['a time without a queue', { ...words('ab'), publish_on: '2030-01-01T00:00:00Z' }],
      ['31 tags', { ...words('ab'), tags: Array.from({ length: 31 }, (_, no) => `t${no}`).join(',') }],
      [
        'a block that is not there',
        { ...words('ab'), layout: [{ type: 'rows', display: [{ blocks: [1] }] }] },
      ],
      ['a video as an array', { content: [{ type: 'video', media: [{ identifier: 'v0' }] }] }],
    ])('are refused for %s', async (_name, body) => {
      expect(errorOf(await post(body))).toEqual([400, 8001]);
    });

    it('may have 4,096 code points in a block, of whatever size', async () => {
      const text = '👋'.repeat(4_096);
      const formatting = [{ start: 4_095, end: 4_096, type: 'link', url: 'https://example.org' }];
      expect((await post(words(text, { formatting }))).status).toBe(201);
    });

    it('are no carousels and no answers', async () => {
      const rows = { type: 'rows', display: [{ blocks: [0], mode: { type: 'carousel' } }] };
      expect(errorOf(await post({ ...words('ab'), layout: [rows] }))).toEqual([403, 0]);
      const ask = { type: 'ask', blocks: [0] };
      expect(errorOf(await post({ ...words('ab'), layout: [ask] }))).toEqual([400, 8016]);
    });

    it('with a field that nobody knows are refused and noted', async () => {
      expect(errorOf(await upload({ ...words('ab'), colour: 'teal' }, []))).toEqual([400, 8001]);
      expect(sandbox.control.unexpected()).toMatchObject([{ what: 'field', detail: 'colour' }]);
      sandbox.control.reset();
    });

    it('are deleted once', async () => {
      const id = idOf(await post(words('Gone')));
      const remove = (): Promise<Answer> =>
        call('/blog/alice-bakes/post/delete', { method: 'POST', body: new URLSearchParams({ id }) });
      expect((await remove()).status).toBe(200);
      expect(errorOf(await remove())).toEqual([404, 0]);
      expect(inbox()).toEqual([]);
    });

    it('have the figures that are set', async () => {
      sandbox.control.configure('tumblr', { likes: 5, reblogs: 2, replies: 1 });
      const id = idOf(await post(words('Liked')));
      const listed = await call(`/blog/alice-bakes/posts?id=${id}&notes_info=true&npf=true`);
      expect(postsOf(listed)).toMatchObject([{ note_count: 8 }]);
      const { json } = await call(`/blog/alice-bakes/notes?id=${id}&mode=conversation`);
      expect(json['response']).toMatchObject({ total_notes: 8, total_likes: 5, total_reblogs: 2 });
    });
  });

  describe('states', () => {
    it('keep a queued post until its time, when it gets another id', async () => {
      const publishOn = new Date(Date.parse(sandbox.control.clock().now) + 30 * MINUTE_MS).toISOString();
      const queued = idOf(await post({ ...words('Later'), state: 'queue', publish_on: publishOn }));
      expect(inbox()).toEqual([]);
      expect(postsOf(await call('/blog/alice-bakes/posts/queue?npf=true'))).toMatchObject([
        { id_string: queued, state: 'queued' },
      ]);
      sandbox.control.advanceClock(30 * MINUTE_MS);
      const [published] = postsOf(await call('/blog/alice-bakes/posts?npf=true'));
      expect(published).toMatchObject({ genesis_post_id: queued, state: 'published' });
      expect(published?.['id_string']).not.toBe(queued);
      expect(errorOf(await call(`/blog/alice-bakes/posts/${queued}?post_format=npf`))).toEqual([404, 0]);
      expect(inbox()).toHaveLength(1);
    });

    it('tell what people see from what is put aside', async () => {
      for (const state of ['published', 'private', 'draft', 'unapproved'])
        await post({ ...words(state), state });
      expect(inbox().map(({ text, visibility }) => [text, visibility])).toEqual([
        ['published', 'public'],
        ['private', 'private'],
      ]);
      const visible = sandbox.control.calls('tumblr').filter((made) => made.visible);
      expect(visible).toHaveLength(2);
      expect(postsOf(await call('/blog/alice-bakes/posts/draft'))).toHaveLength(1);
      expect(postsOf(await call('/blog/alice-bakes/posts/submission'))).toHaveLength(1);
    });

    it('hide a video until it is transcoded, and take no other meanwhile', async () => {
      const id = idOf(await upload(filmed, [film()]));
      const path = `/blog/alice-bakes/posts/${id}?post_format=npf`;
      expect(errorOf(await call(path))).toEqual([404, 0]);
      expect(errorOf(await upload(filmed, [film()]))).toEqual([403, 8010]);
      expect((await post(words('Meanwhile'))).status).toBe(201);
      sandbox.control.advanceClock(2_000);
      const { json } = await call(path);
      expect(json['response']).toMatchObject({
        id_string: id,
        content: [{ provider: 'tumblr', media: { type: 'video/mp4' } }],
      });
      expect((await upload(filmed, [film()])).status).toBe(201);
    });

    it('lose a video whose transcoding fails', async () => {
      sandbox.control.configure('tumblr', { transcodingFails: true });
      const id = idOf(await upload(filmed, [film()]));
      sandbox.control.advanceClock(30 * MINUTE_MS);
      expect(errorOf(await call(`/blog/alice-bakes/posts/${id}`))).toEqual([404, 0]);
      expect(inbox()).toEqual([]);
    });

    it('show a new post with the lag that is set', async () => {
      sandbox.control.configure('tumblr', { readLagMs: 10 * MINUTE_MS });
      await post(words('Slow'));
      expect(postsOf(await call('/blog/alice-bakes/posts'))).toEqual([]);
      sandbox.control.advanceClock(10 * MINUTE_MS);
      expect(postsOf(await call('/blog/alice-bakes/posts'))).toHaveLength(1);
    });
  });

  describe('limits', () => {
    it.each<[string, JsonObject, number]>([
      ['posts', { postsPerDay: 1 }, 8023],
      ['pictures', { imagesPerDay: 1 }, 8004],
      ['videos', { videosPerDay: 1 }, 8011],
      ['minutes of video', { videoSecondsPerDay: 119 }, 8011],
    ])('of a day count %s', async (name, settings, code) => {
      sandbox.control.configure('tumblr', { ...settings, transcodingMs: 0 });
      const isVideo = name.includes('video');
      const again = (): Promise<Answer> =>
        isVideo ? upload(filmed, [film(60)]) : upload({ content: [drawn('m0')] }, [png('m0')]);
      expect((await again()).status).toBe(201);
      const { json } = await call('/user/limits');
      const user = objectAt(objectAt(json, 'response') ?? {}, 'user') ?? {};
      expect(objectAt(user, 'posts')).toMatchObject({ remaining: name === 'posts' ? 0 : 249 });
      expect(errorOf(await again())).toEqual([403, code]);
      sandbox.control.advanceClock(DAY_MS);
      token = stringAt((await login()).json, 'access_token') ?? '';
      expect((await again()).status).toBe(201);
    });

    it('hold for the queue of a blog, and close posting altogether', async () => {
      sandbox.control.configure('tumblr', { queueSize: 1 });
      expect((await post({ ...words('One'), state: 'queue' })).status).toBe(201);
      expect(errorOf(await post({ ...words('Two'), state: 'queue' }))).toEqual([403, 8022]);
      sandbox.control.configure('tumblr', { postingDisabled: true });
      expect(errorOf(await post(words('Closed')))).toEqual([503, 0]);
    });

    it('of calls are said in headers, except where they are not', async () => {
      const { headers } = await call('/user/info');
      expect(headers.get('x-ratelimit-perhour-remaining')).toBe('999');
      expect(headers.get('x-ratelimit-perday-reset')).toBe('86400');
      sandbox.control.configure('tumblr', { callsPerHour: 2 });
      expect((await call('/user/info')).status).toBe(200);
      const refused = await call('/user/info');
      expect([refused.status, refused.headers.get('x-ratelimit-perhour-remaining')]).toEqual([429, '0']);
      sandbox.control.configure('tumblr', { rateHeaders: false });
      const mute = await call('/user/info');
      expect([mute.status, mute.headers.get('x-ratelimit-perhour-reset')]).toEqual([429, null]);
    });

    it('take a film of ten minutes, no longer', async () => {
      sandbox.control.configure('tumblr', { transcodingMs: 0 });
      expect((await upload(filmed, [film(600)])).status).toBe(201);
      expect(errorOf(await upload(filmed, [film(601)]))).toEqual([400, 8005]);
    });
  });
});

/** What the limits look at: a head with a length, and a track with a size. */
function movie(seconds: number): Buffer {
  const head = Buffer.alloc(100);
  head.writeUInt32BE(1, 12);
  head.writeUInt32BE(seconds, 16);
  const track = Buffer.alloc(84);
  track.writeUInt32BE(64 * 65_536, 76);
  track.writeUInt32BE(48 * 65_536, 80);
  return box('moov', Buffer.concat([box('mvhd', head), box('trak', box('tkhd', track))]));
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
