import { objectAt, stringAt, type JsonObject } from '../core/json.js';
import { TumblrRig, type Answer } from './tumblr.rig.js';

const MINUTE_MS = 60_000;

describe('Tumblr simulator', () => {
  const rig = new TumblrRig();
  const { read, login, tokens, call, post, upload, words, drawn, png, idOf, errorOf, inbox, postsOf } = rig;

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => expect(rig.sandbox.control.unexpected()).toEqual([]));
  afterAll(() => rig.stop());

  describe('login', () => {
    it('gives tokens for 42 minutes, and says nothing of the basic scope', async () => {
      const { json } = await login();
      expect(json).toMatchObject({ expires_in: 2520, id_token: false, scope: 'write offline_access' });
      rig.sandbox.control.advanceClock(42 * MINUTE_MS);
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
      rig.token = stringAt(json, 'access_token') ?? '';
      expect(errorOf(await post(words('Not allowed')))).toEqual([403, 0]);
    });

    it('names all blogs of the person, and takes each by name, host or UUID', async () => {
      const [alice] = rig.sandbox.control.accounts('tumblr');
      const second = rig.sandbox.control.createAccount('tumblr', {
        name: 'Second blog',
        with: alice?.id ?? '',
      });
      const other = rig.sandbox.control.createAccount('tumblr', { name: 'Bob' });
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
        await fetch(`${rig.api}/v2/user/info`, {
          headers: { authorization: `Bearer ${rig.token}`, 'user-agent': '' },
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
          post_url: `${rig.auth}/alice-bakes/${id}/fresh-0a1b2c3d`,
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
      expect(rig.sandbox.control.unexpected()).toMatchObject([{ what: 'field', detail: 'colour' }]);
      rig.sandbox.control.reset();
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
      rig.sandbox.control.configure('tumblr', { likes: 5, reblogs: 2, replies: 1 });
      const id = idOf(await post(words('Liked')));
      const listed = await call(`/blog/alice-bakes/posts?id=${id}&notes_info=true&npf=true`);
      expect(postsOf(listed)).toMatchObject([{ note_count: 8 }]);
      const { json } = await call(`/blog/alice-bakes/notes?id=${id}&mode=conversation`);
      expect(json['response']).toMatchObject({ total_notes: 8, total_likes: 5, total_reblogs: 2 });
    });
  });
});
