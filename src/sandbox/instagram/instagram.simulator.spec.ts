import { arrayAt, isJsonObject, objectAt, stringAt } from '../core/json.js';
import { ALICE, errorOf, idOf, InstagramRig, movie, type Params } from './instagram.rig.js';

const DAY_MS = 24 * 60 * 60_000;

describe('Instagram simulator', () => {
  let rig: InstagramRig;

  beforeAll(async () => {
    rig = await InstagramRig.open();
  });
  beforeEach(() => rig.reset());
  afterEach(() => expect(rig.control.unexpected()).toEqual([]));
  afterAll(() => rig.close());

  const at = (name: string): string => `${rig.filesUrl}/${name}`;
  const picture = (more: Params = {}): Params => ({ image_url: at('picture.jpg'), ...more });
  const reel = (more: Params = {}): Params => ({ media_type: 'REELS', video_url: at('clip.mp4'), ...more });
  const inbox = (): ReturnType<typeof rig.control.inbox> => rig.control.inbox('instagram');

  describe('a container', () => {
    it('is processed, finished, published once', async () => {
      const id = idOf(await rig.container(picture({ caption: 'Hello' })));
      expect(await rig.statusOf(id)).toMatchObject({ status_code: 'IN_PROGRESS' });
      expect(errorOf(await rig.publish(id))).toEqual([400, 9007, 2_207_027]);
      expect(inbox()).toEqual([]);
      rig.control.advanceClock(1000);
      expect(await rig.statusOf(id)).toMatchObject({ status_code: 'FINISHED' });
      const published = await rig.publish(id);
      expect(await rig.statusOf(id)).toMatchObject({ status_code: 'PUBLISHED' });
      expect(errorOf(await rig.publish(id))).toEqual([400, 24, 2_207_008]);
      expect(inbox()).toMatchObject([{ text: 'Hello', account: ALICE, postId: idOf(published) }]);
    });

    it('expires after a day, and may not be there for the first publishes', async () => {
      rig.control.configure('instagram', { publishRaces: 1 });
      const [late, racing] = [idOf(await rig.container(picture())), idOf(await rig.container(picture()))];
      rig.control.advanceClock(1000);
      expect(errorOf(await rig.publish(racing))).toEqual([400, 24, 2_207_006]);
      expect((await rig.publish(racing)).status).toBe(200);
      rig.control.advanceClock(DAY_MS);
      expect(await rig.statusOf(late)).toMatchObject({ status_code: 'EXPIRED' });
      expect(errorOf(await rig.publish(late))).toEqual([400, 24, 2_207_008]);
    });

    it.each<[string, Params, readonly unknown[]]>([
      ['a caption of 2,201', { caption: 'x'.repeat(2201) }, [400, 36_004, 2_207_010]],
      ['31 hashtags', { caption: '#tag '.repeat(31) }, [400, 36_004, 2_207_010]],
      ['21 mentions', { caption: '@someone '.repeat(21) }, [400, 36_004, 2_207_010]],
      ['a single video', { media_type: 'VIDEO' }, [400, 100, 2_207_089]],
      ['an unknown type', { media_type: 'POEM' }, [400, 100, 2_207_023]],
      ['a reel in a carousel', { media_type: 'REELS', is_carousel_item: 'true' }, [400, 100, 2_207_023]],
      ['an item with a caption', { is_carousel_item: 'true', caption: 'no' }, [400, 100, undefined]],
      ['a carousel of one', { media_type: 'CAROUSEL', children: '1' }, [400, 100, 2_207_028]],
      ['a tag without a place', { user_tags: '[{"username":"bob"}]' }, [400, 100, 2_207_036]],
      [
        'an unknown tagged user',
        { user_tags: '[{"username":"nobody.here","x":0,"y":0}]' },
        [400, 110, 2_207_018],
      ],
      ['a user who is not tagged', { user_tags: '[{"username":"leave.me.alone"}]' }, [400, 210, 2_207_066]],
      ['four collaborators', { collaborators: '["a","b","c","d"]' }, [400, 100, undefined]],
      ['an alternative text of 1,001', { alt_text: 'x'.repeat(1001) }, [400, 100, undefined]],
      ['a strange strategy', { media_type: 'REELS', trial_params: '{}' }, [400, 100, undefined]],
    ])('is refused with %s', async (_what, params, expected) => {
      expect(errorOf(await rig.container(params))).toEqual(expected);
    });

    it('takes what just fits', async () => {
      const caption = `${'#t '.repeat(30)}${'@m '.repeat(20)}`.padEnd(2199, 'x') + '😀';
      expect((await rig.container(picture({ caption }))).status).toBe(200);
    });
  });

  describe('pictures', () => {
    it('are fetched, widened, tagged', async () => {
      const user_tags = '[{"username":"bob","x":0.5,"y":1}]';
      const more = { alt_text: 'A colour', user_tags, location_id: '123', collaborators: '["carol"]' };
      await rig.write({ ...picture(more), image_url: at('small.jpg'), is_ai_generated: 'true' });
      const [entry] = inbox();
      expect(entry?.media).toMatchObject([{ kind: 'image', alt: 'A colour', width: 320, height: 320 }]);
      const extra = { location: '123', collaborators: ['carol'], aiGenerated: true, userTags: [{ x: 0.5 }] };
      expect(entry?.extra).toMatchObject(extra);
    });

    it.each([
      ['nothing.jpg', [400, 9004, 2_207_052]],
      ['picture.png', [400, 36_001, 2_207_005]],
      ['tall.jpg', [400, 36_003, 2_207_009]],
    ])('as %s are refused before the container is there', async (name, expected) => {
      expect(errorOf(await rig.container({ image_url: at(name) }))).toEqual(expected);
    });

    it('may be as high as one likes in a story, which has no caption and ends after a day', async () => {
      const id = await rig.write({ media_type: 'STORIES', image_url: at('tall.jpg'), caption: 'unseen' });
      expect(inbox()).toMatchObject([{ text: '', extra: { kind: 'story' } }]);
      expect(arrayAt((await rig.see('/me/stories')).json, 'data')).toEqual([{ id }]);
      expect(arrayAt((await rig.see('/me/media')).json, 'data')).toEqual([]);
      rig.control.advanceClock(DAY_MS);
      expect(arrayAt((await rig.see('/me/stories')).json, 'data')).toEqual([]);
    });

    it('go into a carousel when they are ready', async () => {
      const item = { is_carousel_item: 'true' };
      const ids = [
        idOf(await rig.container(picture(item))),
        idOf(await rig.container({ ...item, media_type: 'VIDEO', video_url: at('clip.mp4') })),
      ];
      const parent = { media_type: 'CAROUSEL', caption: 'Both', children: ids.join(',') };
      expect(errorOf(await rig.container(parent))).toEqual([400, 9007, 2_207_027]);
      rig.control.advanceClock(5000);
      expect(errorOf(await rig.publish(ids[0] ?? ''))).toEqual([400, 100, undefined]);
      const id = await rig.write(parent);
      expect(inbox()).toMatchObject([{ text: 'Both', media: [{ kind: 'image' }, { kind: 'video' }] }]);
      const { json } = await rig.see(`/${id}`, { fields: 'media_type,children{media_type}' });
      expect(json['media_type']).toBe('CAROUSEL_ALBUM');
      expect(arrayAt(objectAt(json, 'children') ?? {}, 'data')).toMatchObject([{}, { media_type: 'VIDEO' }]);
    });
  });

  describe('videos', () => {
    it('become reels, with what reels have', async () => {
      const trial_params = '{"graduation_strategy":"MANUAL"}';
      const more = { share_to_feed: 'false', cover_url: at('picture.jpg'), audio_name: 'Mine', trial_params };
      const id = await rig.write(reel({ ...more, caption: 'Play', user_tags: '[{"username":"bob"}]' }));
      expect(inbox()).toMatchObject([
        { text: 'Play', extra: { kind: 'reel', trial: 'MANUAL', audioName: 'Mine' } },
      ]);
      const { json } = await rig.see(`/${id}`, {
        fields: 'media_type,media_product_type,permalink,shortcode',
      });
      expect(json).toMatchObject({ media_type: 'VIDEO', media_product_type: 'REELS' });
      expect(json['permalink']).toBe(`${rig.url('AUTH')}/reel/${stringAt(json, 'shortcode') ?? ''}/`);
    });

    it('are refused where a tag has a place, a cover is missing, a trial may not be', async () => {
      const tagged = reel({ user_tags: '[{"username":"bob","x":0,"y":0}]' });
      expect(errorOf(await rig.container(tagged))).toEqual([400, 100, 2_207_035]);
      const covered = reel({ cover_url: at('nothing.jpg') });
      expect(errorOf(await rig.container(covered))).toEqual([400, 9004, 2_207_052]);
      expect(errorOf(await rig.container(reel({ thumb_offset: '-1' })))).toEqual([400, 1, 2_207_057]);
      rig.control.configure('instagram', { trialReels: false });
      const trial = reel({ trial_params: '{"graduation_strategy":"SS_PERFORMANCE"}' });
      expect(errorOf(await rig.container(trial))).toEqual([400, 10, 2_207_081]);
    });

    it.each([
      ['nothing.mp4', null, '2207077'],
      ['short.mp4', movie({ seconds: 2 }), '2207026'],
      ['wide.mp4', movie({ seconds: 5, width: 1921 }), '2207026'],
      ['strip.mp4', movie({ seconds: 5, width: 1100, height: 100 }), '2207076'],
      ['text.mp4', Buffer.from('no film'), '2207026'],
    ])('as %s fail in the background, with a number in a sentence', async (name, bytes, number) => {
      const video_url = bytes === null ? at(name) : rig.serve(name, 'video/mp4', bytes);
      const id = idOf(await rig.container(reel({ video_url })));
      rig.control.advanceClock(5000);
      const { status_code, status } = await rig.statusOf(id);
      expect(status_code).toBe('ERROR');
      expect(status).toContain(`error code ${number}`);
      expect(errorOf(await rig.publish(id))).toEqual([400, 9007, 2_207_027]);
    });

    it('are uploaded in parts, by a token in a header of its own', async () => {
      const { json } = await rig.container({
        media_type: 'REELS',
        upload_type: 'resumable',
        caption: 'Up',
      });
      const [id, uri] = [stringAt(json, 'id') ?? '', stringAt(json, 'uri') ?? ''];
      expect(uri).toBe(`${rig.url('UPLOAD')}/ig-api-upload/v26.0/${id}`);
      const bytes = movie({ seconds: 5 });
      const authorization = `OAuth ${await rig.longToken()}`;
      const part = (from: number, until: number, more = {}): ReturnType<typeof rig.upload> =>
        rig.upload(uri, bytes.subarray(from, until), {
          ...{ authorization, offset: String(from), file_size: String(bytes.length) },
          ...more,
        });
      expect((await part(0, 100, { authorization: 'OAuth nonsense' })).status).toBe(401);
      expect(objectAt((await part(0, 100)).json, 'debug_info')).toMatchObject({
        type: 'PartialRequestError',
      });
      expect(objectAt((await part(50, 100)).json, 'debug_info')).toMatchObject({
        type: 'OffsetInvalidError',
      });
      expect(await rig.statusOf(id)).toMatchObject({ status_code: 'IN_PROGRESS' });
      expect((await part(100, bytes.length)).json).toMatchObject({ success: true });
      rig.control.advanceClock(5000);
      expect((await rig.publish(id)).status).toBe(200);
      expect(inbox()).toMatchObject([{ text: 'Up', media: [{ kind: 'video', bytes: bytes.length }] }]);
      rig.control.configure('instagram', { refusesInstagramUploads: true });
      const refused = await rig.container({ media_type: 'REELS', upload_type: 'resumable' });
      expect(errorOf(refused)).toEqual([400, 100, undefined]);
    });
  });

  describe('a post', () => {
    it('has comments and answers, unless they are shut', async () => {
      const id = await rig.write(picture());
      const first = await rig.post(`/${id}/comments`, { message: 'First' });
      await rig.post(`/${idOf(first)}/replies`, { message: 'Second' });
      expect(inbox()).toMatchObject([
        {},
        { text: 'First', replyTo: id },
        { text: 'Second', replyTo: idOf(first) },
      ]);
      const list = await rig.see(`/${id}/comments`, { fields: 'id,text' });
      expect(arrayAt(list.json, 'data')).toEqual([{ id: idOf(first), text: 'First' }]);
      await rig.post(`/${id}`, { comment_enabled: 'false' });
      expect(errorOf(await rig.post(`/${id}/comments`, { message: 'No' }))).toEqual([400, 20, 1_772_107]);
    });

    it('comes into the list with its lag, by pages and by time', async () => {
      rig.control.configure('instagram', { readLagMs: 60_000 });
      const ids = [await rig.write(picture()), await rig.write(picture()), await rig.write(picture())];
      expect(arrayAt((await rig.see('/me/media')).json, 'data')).toEqual([]);
      rig.control.advanceClock(60_000);
      const page = await rig.see('/me/media', { limit: '2' });
      expect(arrayAt(page.json, 'data')).toEqual([{ id: ids[2] }, { id: ids[1] }]);
      const next = stringAt(objectAt(page.json, 'paging') ?? {}, 'next') ?? '';
      expect(await (await fetch(next)).json()).toMatchObject({ data: [{ id: ids[0] }] });
      const since = String(Math.floor(Date.parse(rig.control.clock().now) / 1000));
      expect(arrayAt((await rig.see('/me/media', { since })).json, 'data')).toEqual([]);
    });

    it('is deleted by the Facebook Login only', async () => {
      const id = await rig.write(picture());
      expect(errorOf(await rig.delete(`/${id}`))).toEqual([400, 100, undefined]);
      const token = await rig.facebookToken();
      rig.control.configure('instagram', { undeletable: true });
      expect(errorOf(await rig.delete(`/${id}`, token, 'GRAPH'))).toEqual([400, -1, 2_207_073]);
      rig.control.configure('instagram', { undeletable: false });
      expect((await rig.delete(`/${id}`, token, 'GRAPH')).json).toEqual({ success: true, deleted_id: id });
      expect(errorOf(await rig.delete(`/${id}`, token, 'GRAPH'))).toEqual([400, 100, 33]);
      expect(inbox()).toEqual([]);
    });

    it('has the figures of its kind', async () => {
      rig.control.configure('instagram', { insights: { views: 4, likes: 3 } });
      const post = await rig.write(picture());
      await rig.post(`/${post}/comments`, { message: 'First' });
      const { json } = await rig.see(`/${post}/insights`, {
        metric: 'views,likes,comments,profile_visits',
      });
      const values = (arrayAt(json, 'data') ?? []).map((entry) =>
        isJsonObject(entry) ? entry['values'] : null,
      );
      expect(values).toEqual([[{ value: 4 }], [{ value: 3 }], [{ value: 1 }], [{ value: 0 }]]);
      expect(errorOf(await rig.see(`/${post}/insights`, { metric: 'impressions' }))).toEqual([
        400,
        100,
        undefined,
      ]);
      const video = await rig.write(reel());
      expect(errorOf(await rig.see(`/${video}/insights`, { metric: 'follows' }))).toEqual([
        400,
        100,
        undefined,
      ]);
      const story = await rig.write({ media_type: 'STORIES', ...picture() });
      expect(errorOf(await rig.see(`/${story}/insights`, { metric: 'views' }))).toEqual([400, 10, undefined]);
      const account = { metric: 'likes', period: 'day', metric_type: 'total_value' };
      const all = await rig.see('/me/insights', account);
      expect(arrayAt(all.json, 'data')).toMatchObject([{ name: 'likes', total_value: { value: 9 } }]);
      const followers = { metric: 'follower_count', period: 'day' };
      expect(errorOf(await rig.see('/me/insights', followers))).toEqual([400, 100, undefined]);
      rig.control.createAccount('instagram', { username: 'alice', followers: 100 });
      expect((await rig.see('/me/insights', followers)).status).toBe(200);
    });
  });

  describe('limits', () => {
    it('counts what was published within a day', async () => {
      rig.control.configure('instagram', { publishQuota: 1 });
      await rig.write(picture());
      const more = idOf(await rig.container(picture()));
      rig.control.advanceClock(1000);
      expect(errorOf(await rig.publish(more))).toEqual([400, 9, 2_207_042]);
      const quota = await rig.see('/me/content_publishing_limit', { fields: 'config,quota_usage' });
      const config = { quota_total: 1, quota_duration: 86_400 };
      expect(arrayAt(quota.json, 'data')).toEqual([{ config, quota_usage: 1 }]);
      rig.control.configure('instagram', { containerQuota: 2 });
      expect(errorOf(await rig.container(picture()))).toEqual([400, 4, undefined]);
      rig.control.advanceClock(DAY_MS);
      await rig.write(picture());
    });

    it('says how much of the calls is used', async () => {
      const { headers } = await rig.see(`/${ALICE}`, { fields: 'username' });
      const usage: unknown = JSON.parse(headers.get('x-business-use-case-usage') ?? '');
      expect(usage).toMatchObject({ [ALICE]: [{ type: 'instagram', call_count: 0 }] });
    });

    it('keeps accounts from posting that are restricted, or taken for spam', async () => {
      const id = idOf(await rig.container(picture()));
      rig.control.advanceClock(1000);
      rig.control.createAccount('instagram', { username: 'alice', restricted: true });
      expect(errorOf(await rig.publish(id))).toEqual([400, 25, 2_207_050]);
      rig.control.createAccount('instagram', { username: 'alice', blocked: true });
      expect(errorOf(await rig.publish(id))).toEqual([403, 4, 2_207_051]);
    });
  });
});
