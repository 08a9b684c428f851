import { objectAt, stringAt, type JsonObject } from '../core/json.js';
import { TumblrRig, type Answer } from './tumblr.rig.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('states and limits of the Tumblr simulator', () => {
  const rig = new TumblrRig();
  const { login, call, post, upload, words, drawn, filmed, film, png, idOf, errorOf, inbox, postsOf } = rig;

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => expect(rig.sandbox.control.unexpected()).toEqual([]));
  afterAll(() => rig.stop());

  describe('states', () => {
    it('keep a queued post until its time, when it gets another id', async () => {
      const publishOn = new Date(Date.parse(rig.sandbox.control.clock().now) + 30 * MINUTE_MS).toISOString();
      const queued = idOf(await post({ ...words('Later'), state: 'queue', publish_on: publishOn }));
      expect(inbox()).toEqual([]);
      expect(postsOf(await call('/blog/alice-bakes/posts/queue?npf=true'))).toMatchObject([
        { id_string: queued, state: 'queued' },
      ]);
      rig.sandbox.control.advanceClock(30 * MINUTE_MS);
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
      const visible = rig.sandbox.control.calls('tumblr').filter((made) => made.visible);
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
      rig.sandbox.control.advanceClock(2_000);
      const { json } = await call(path);
      expect(json['response']).toMatchObject({
        id_string: id,
        content: [{ provider: 'tumblr', media: { type: 'video/mp4' } }],
      });
      expect((await upload(filmed, [film()])).status).toBe(201);
    });

    it('lose a video whose transcoding fails', async () => {
      rig.sandbox.control.configure('tumblr', { transcodingFails: true });
      const id = idOf(await upload(filmed, [film()]));
      rig.sandbox.control.advanceClock(30 * MINUTE_MS);
      expect(errorOf(await call(`/blog/alice-bakes/posts/${id}`))).toEqual([404, 0]);
      expect(inbox()).toEqual([]);
    });

    it('show a new post with the lag that is set', async () => {
      rig.sandbox.control.configure('tumblr', { readLagMs: 10 * MINUTE_MS });
      await post(words('Slow'));
      expect(postsOf(await call('/blog/alice-bakes/posts'))).toEqual([]);
      rig.sandbox.control.advanceClock(10 * MINUTE_MS);
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
      rig.sandbox.control.configure('tumblr', { ...settings, transcodingMs: 0 });
      const isVideo = name.includes('video');
      const again = (): Promise<Answer> =>
        isVideo ? upload(filmed, [film(60)]) : upload({ content: [drawn('m0')] }, [png('m0')]);
      expect((await again()).status).toBe(201);
      const { json } = await call('/user/limits');
      const user = objectAt(objectAt(json, 'response') ?? {}, 'user') ?? {};
      expect(objectAt(user, 'posts')).toMatchObject({ remaining: name === 'posts' ? 0 : 249 });
      expect(errorOf(await again())).toEqual([403, code]);
      rig.sandbox.control.advanceClock(DAY_MS);
      rig.token = stringAt((await login()).json, 'access_token') ?? '';
      expect((await again()).status).toBe(201);
    });

    it('hold for the queue of a blog, and close posting altogether', async () => {
      rig.sandbox.control.configure('tumblr', { queueSize: 1 });
      expect((await post({ ...words('One'), state: 'queue' })).status).toBe(201);
      expect(errorOf(await post({ ...words('Two'), state: 'queue' }))).toEqual([403, 8022]);
      rig.sandbox.control.configure('tumblr', { postingDisabled: true });
      expect(errorOf(await post(words('Closed')))).toEqual([503, 0]);
    });

    it('of calls are said in headers, except where they are not', async () => {
      const { headers } = await call('/user/info');
      expect(headers.get('x-ratelimit-perhour-remaining')).toBe('999');
      expect(headers.get('x-ratelimit-perday-reset')).toBe('86400');
      rig.sandbox.control.configure('tumblr', { callsPerHour: 2 });
      expect((await call('/user/info')).status).toBe(200);
      const refused = await call('/user/info');
      expect([refused.status, refused.headers.get('x-ratelimit-perhour-remaining')]).toEqual([429, '0']);
      rig.sandbox.control.configure('tumblr', { rateHeaders: false });
      const mute = await call('/user/info');
      expect([mute.status, mute.headers.get('x-ratelimit-perhour-reset')]).toEqual([429, null]);
    });

    it('take a film of ten minutes, no longer', async () => {
      rig.sandbox.control.configure('tumblr', { transcodingMs: 0 });
      expect((await upload(filmed, [film(600)])).status).toBe(201);
      expect(errorOf(await upload(filmed, [film(601)]))).toEqual([400, 8005]);
    });
  });
});
