import { createServer, type Server } from 'node:http';
import sharp from 'sharp';
import { arrayAt, isJsonObject, objectAt, type JsonObject } from '../core/json.js';
import { closeServer, listenOnLoopback } from '../core/loopback.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { box, dataOf, errorOf, film, TiktokRig, type Answer } from './tiktok.rig.js';
import { createTiktokSimulator } from './tiktok.simulator.js';

const CHUNK = 5_000_000;
const clip = film(540, 960, 3);
/** Eleven million bytes: two chunks, of which the second is the larger. */
const long = Buffer.concat([clip, box('free', Buffer.alloc(11_000_000 - clip.length - 8))]);

describe('TikTok simulator: posts', () => {
  let sandbox: Sandbox;
  let client: TiktokRig;
  let files: Server;
  let filesUrl: string;
  const served = new Map<string, Buffer>();

  beforeAll(async () => {
    sandbox = await startSandbox({
      port: 0,
      simulators: [{ key: 'tiktok', create: createTiktokSimulator }],
    });
    files = createServer(({ url = '' }, response) => {
      const file = served.get(url);
      if (url === '/moved') response.writeHead(302, { location: '/clip.mp4' }).end();
      else response.writeHead(file === undefined ? 404 : 200).end(file);
    });
    filesUrl = `http://127.0.0.1:${await listenOnLoopback(files, 0)}`;
    const picture = sharp({ create: { width: 720, height: 1280, channels: 3, background: 'teal' } });
    served.set('/clip.mp4', clip);
    served.set('/a.jpg', await picture.clone().jpeg().toBuffer());
    served.set('/b.webp', await picture.clone().webp().toBuffer());
    served.set('/c.png', await picture.clone().png().toBuffer());
    served.set('/big.jpg', await picture.clone().resize(1200, 1200).jpeg().toBuffer());
  });
  beforeEach(async () => {
    sandbox.control.reset();
    sandbox.control.configure('tiktok', { initsPerMinute: 100 });
    client = new TiktokRig(sandbox);
    await client.logIn(sandbox.control.createAccount('tiktok', { username: 'alice' }).id);
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(async () => {
    await sandbox.close();
    await closeServer(files);
  });

  const inbox = (): ReturnType<typeof sandbox.control.inbox> => sandbox.control.inbox('tiktok');
  const sizes = (video_size: number, chunk_size: number, total_chunk_count: number): JsonObject => ({
    ...{ source: 'FILE_UPLOAD', video_size, chunk_size, total_chunk_count },
  });
  const address = (path: string): JsonObject => ({
    source: 'PULL_FROM_URL',
    video_url: `${filesUrl}${path}`,
  });
  const videosOf = ({ json }: Answer): unknown => arrayAt(objectAt(json, 'data') ?? {}, 'videos');
  async function statusOf(publishId: string): Promise<JsonObject> {
    return objectAt((await client.status(publishId)).json, 'data') ?? {};
  }

  describe('an upload', () => {
    it.each<[string, JsonObject, string]>([
      ['more chunks than fit whole', sizes(11_000_000, CHUNK, 3), 'The total chunk count is invalid'],
      ['one chunk that is not the whole file', sizes(8_000_000, CHUNK, 1), 'The chunk size is invalid'],
      ['several chunks that are too small', sizes(8_000_000, 4_000_000, 2), 'The chunk size is invalid'],
      ['a chunk of more than 64 MB', sizes(70_000_000, 70_000_000, 1), 'The chunk size is invalid'],
      ['a chunk larger than the file', sizes(1000, CHUNK, 1), 'The chunk size is invalid'],
      ['more than 4 GB', sizes(5_000_000_000, 50_000_000, 100), 'The video size is invalid'],
    ])('is not begun with %s', async (_what, source, message) => {
      const answer = await client.video(source);
      expect(errorOf(answer)).toEqual([400, 'invalid_params']);
      expect(objectAt(answer.json, 'error')).toMatchObject({ message });
    });

    it('takes chunks one after the other, the last with what is left over', async () => {
      const begun = await client.video(sizes(long.length, CHUNK, 2));
      const [url, id] = [dataOf(begun, 'upload_url'), dataOf(begun, 'publish_id')];
      const range = (first: number, last: number): string => `bytes ${first}-${last}/${long.length}`;
      const second = (): Promise<Answer> =>
        client.put(url, long.subarray(CHUNK), range(CHUNK, long.length - 1));
      const early = await second();
      expect([early.status, early.headers.get('content-range')]).toEqual([416, `bytes 0-0/${long.length}`]);
      const first = await client.put(url, long.subarray(0, CHUNK), range(0, CHUNK - 1));
      expect([first.status, first.headers.get('content-range')]).toEqual([
        206,
        `bytes 0-${CHUNK}/${long.length}`,
      ]);
      expect(await statusOf(id)).toEqual({ status: 'PROCESSING_UPLOAD', uploaded_bytes: CHUNK });
      expect((await second()).status).toBe(201);
      expect((await second()).status).toBe(416);
      sandbox.control.advanceClock(1000);
      expect(await statusOf(id)).toMatchObject({ status: 'PUBLISH_COMPLETE', uploaded_bytes: long.length });
      expect(inbox()).toMatchObject([{ text: 'Look #this', visibility: 'public', media: [{ width: 540 }] }]);
      const visible = sandbox.control.calls('tiktok').filter((call) => call.visible && call.accepted);
      expect(visible.map(({ operation }) => operation)).toEqual(['upload.last']);
    });

    it('refuses what is not as announced, strangers, and what comes after an hour', async () => {
      const size = clip.length;
      const url = dataOf(await client.video(sizes(size, size, 1)), 'upload_url');
      const put = (range: string, type?: string): Promise<Answer> => client.put(url, clip, range, type);
      expect((await put(`bytes 0-${size - 1}/${size}`, 'video/avi')).status).toBe(400);
      expect((await put(`bytes 0-${size}/${size + 1}`)).status).toBe(400);
      expect((await client.put(`${url}x`, clip, `bytes 0-${size - 1}/${size}`)).status).toBe(404);
      sandbox.control.advanceClock(60 * 60_000);
      expect((await put(`bytes 0-${size - 1}/${size}`)).status).toBe(403);
      expect(inbox()).toEqual([]);
    });

    it('ends in what is wrong with the file', async () => {
      sandbox.control.createAccount('tiktok', { username: 'alice', maxDurationSec: 2 });
      const found = [];
      for (const bytes of [Buffer.from('no video'), film(64, 48, 1), clip]) {
        const id = await client.upload(bytes);
        expect(await statusOf(id)).toMatchObject({ status: 'PROCESSING_UPLOAD' });
        sandbox.control.advanceClock(1000);
        found.push(await statusOf(id));
      }
      expect(found).toMatchObject([
        { status: 'FAILED', fail_reason: 'file_format_check_failed' },
        { status: 'FAILED', fail_reason: 'picture_size_check_failed' },
        { status: 'FAILED', fail_reason: 'duration_check_failed' },
      ]);
      expect(inbox()).toEqual([]);
    });
  });

  describe('an address', () => {
    it('is pulled in the background', async () => {
      const id = dataOf(await client.video(address('/clip.mp4')), 'publish_id');
      expect(await statusOf(id)).toMatchObject({ status: 'PROCESSING_DOWNLOAD' });
      const missing = dataOf(await client.video(address('/missing.mp4')), 'publish_id');
      const moved = dataOf(await client.video(address('/moved')), 'publish_id');
      sandbox.control.advanceClock(2000);
      expect(await statusOf(id)).toMatchObject({ status: 'PUBLISH_COMPLETE' });
      const failed = { status: 'FAILED', fail_reason: 'video_pull_failed' };
      expect([await statusOf(missing), await statusOf(moved)]).toMatchObject([failed, failed]);
      expect(inbox()).toMatchObject([{ extra: { publishId: id, source: 'PULL_FROM_URL' } }]);
    });

    it('has to be one that the app has verified', async () => {
      const verifiedUrls = 'example.com,https://files.example.org/out/';
      sandbox.control.configure('tiktok', { verifiedUrls });
      const answers = [];
      for (const video_url of [
        'https://media.example.com/a.mp4',
        'https://files.example.org/out/a.mp4',
        'https://files.example.org/other/a.mp4',
        'https://notexample.com/a.mp4',
        'http://example.com/a.mp4',
        'https://93.184.215.14/a.mp4',
      ]) {
        answers.push(errorOf(await client.video({ source: 'PULL_FROM_URL', video_url })));
      }
      expect(answers).toEqual([
        ...[
          [200, 'ok'],
          [200, 'ok'],
          [403, 'url_ownership_unverified'],
          [403, 'url_ownership_unverified'],
        ],
        ...[
          [400, 'invalid_params'],
          [400, 'invalid_params'],
        ],
      ]);
    });

    it('is called off until it is too late', async () => {
      const cancel = (publish_id: string): Promise<Answer> =>
        client.post('/v2/post/publish/cancel/', { publish_id });
      const id = dataOf(await client.video(address('/clip.mp4')), 'publish_id');
      expect(errorOf(await cancel(id))).toEqual([200, 'ok']);
      expect(await statusOf(id)).toMatchObject({ status: 'FAILED', fail_reason: 'publish_cancelled' });
      const late = dataOf(await client.video(address('/clip.mp4')), 'publish_id');
      sandbox.control.advanceClock(1000);
      expect(errorOf(await cancel(late))).toEqual([400, 'publish_not_cancellable']);
    });
  });

  describe('pictures', () => {
    const urls = (...paths: readonly string[]): string[] => paths.map((path) => `${filesUrl}${path}`);

    it('go out together, with a heading and a text', async () => {
      const id = dataOf(await client.photos(urls('/a.jpg', '/b.webp'), { is_aigc: true }), 'publish_id');
      expect(id).toMatch(/^p_pub_url~v2/);
      sandbox.control.advanceClock(1000);
      expect(inbox()).toMatchObject([
        {
          ...{ text: 'Words', media: [{ mimeType: 'image/jpeg' }, { mimeType: 'image/webp' }] },
          extra: { title: 'Heading', aigc: true, kind: 'photo' },
        },
      ]);
      expect(inbox()[0]?.permalink).toMatch(/\/@alice\/photo\/\d{19}$/);
    });

    it('fail when one cannot be had or is of another kind', async () => {
      const reasons = [];
      for (const path of ['/missing.jpg', '/c.png', '/big.jpg']) {
        const id = dataOf(await client.photos(urls('/a.jpg', path)), 'publish_id');
        sandbox.control.advanceClock(1000);
        reasons.push((await statusOf(id))['fail_reason']);
      }
      expect(reasons).toEqual(['photo_pull_failed', 'file_format_check_failed', 'picture_size_check_failed']);
    });

    it.each<[string, JsonObject, JsonObject]>([
      ['a heading of 91', {}, { title: 'x'.repeat(91) }],
      ['a text of 4001', {}, { description: 'x'.repeat(4001) }],
      ['a cover that is not there', { source_info: cover(1) }, {}],
      ['no cover', { source_info: { source: 'PULL_FROM_URL', photo_images: ['https://a.example'] } }, {}],
      ['bytes', { source_info: { ...cover(0), source: 'FILE_UPLOAD' } }, {}],
      ['another post_mode', { post_mode: 'STORY' }, {}],
      ['a draft that says who sees it', { post_mode: 'MEDIA_UPLOAD' }, {}],
      ['an audience that there is not', {}, { privacy_level: 'EVERYBODY' }],
      ['a paid post for oneself', {}, { privacy_level: 'SELF_ONLY', brand_content_toggle: true }],
    ])('are refused with %s', async (_what, change, post) => {
      const answer = await client.photos(urls('/a.jpg'), change, post);
      expect(errorOf(answer)).toEqual([400, 'invalid_params']);
    });

    function cover(photo_cover_index: number): JsonObject {
      return { source: 'PULL_FROM_URL', photo_cover_index, photo_images: ['http://127.0.0.1:9/a.jpg'] };
    }

    it('are at most 35', async () => {
      const many = Array.from({ length: 36 }, () => `${filesUrl}/a.jpg`);
      expect(errorOf(await client.photos(many))).toEqual([400, 'invalid_params']);
      expect(errorOf(await client.photos(many.slice(1)))).toEqual([200, 'ok']);
    });
  });

  describe('a draft', () => {
    it('lies in the app until the person posts it', async () => {
      sandbox.control.configure('tiktok', { draftsPostedAfterMs: 60_000 });
      const id = dataOf(await client.draft(address('/clip.mp4')), 'publish_id');
      sandbox.control.advanceClock(1000);
      expect(await statusOf(id)).toMatchObject({ status: 'SEND_TO_USER_INBOX' });
      expect(inbox()).toMatchObject([{ visibility: 'draft', permalink: null, postId: id }]);
      expect(videosOf(await client.list())).toEqual([]);
      sandbox.control.advanceClock(60_000);
      expect(await statusOf(id)).toMatchObject({ status: 'PUBLISH_COMPLETE' });
      expect(videosOf(await client.list())).toHaveLength(1);
    });
  });

  describe('a post', () => {
    it('has an id of 64 bits once it was looked at, and only when everybody may see it', async () => {
      sandbox.control.configure('tiktok', { moderationMs: 60_000, uploadMs: 0 });
      const id = await client.upload(clip);
      const own = await client.upload(clip, { privacy_level: 'SELF_ONLY' });
      sandbox.control.advanceClock(30_000);
      expect((await client.status(id)).text).not.toContain('publicaly_available_post_id');
      sandbox.control.advanceClock(60_000);
      const { text } = await client.status(id);
      expect(text).toMatch(/"publicaly_available_post_id":\[\d{19}\]/);
      expect((await client.status(own)).text).not.toContain('publicaly_available_post_id');
      const [, postId = ''] = /\[(\d+)\]/.exec(text) ?? [];
      const listed = await client.list({}, 'id,share_url,duration,video_description');
      expect(videosOf(listed)).toEqual([
        {
          ...{ id: postId, duration: 3, video_description: 'Look #this' },
          share_url: `${client.auth}/@alice/video/${postId}?utm_campaign=tt4d_open_api&utm_source=tiktok-app`,
        },
      ]);
    });

    it('is known to its creator only', async () => {
      const id = await client.upload(clip);
      await client.logIn(sandbox.control.createAccount('tiktok', { username: 'bob' }).id);
      const stranger = [400, 'token_not_authorized_for_specified_publish_id'];
      expect(errorOf(await client.status(id))).toEqual(stranger);
      expect(errorOf(await client.status('v_pub_file~0'))).toEqual([400, 'invalid_publish_id']);
    });

    it('comes into the list with its lag, by pages, newest first', async () => {
      sandbox.control.configure('tiktok', { readLagMs: 60_000, uploadMs: 0, figures: { view_count: 40 } });
      for (const title of ['One', 'Two', 'x'.repeat(2200)]) await client.upload(clip, { title });
      expect(videosOf(await client.list())).toEqual([]);
      sandbox.control.advanceClock(70_000);
      const page = await client.list({ max_count: 2 }, 'title,view_count');
      expect(videosOf(page)).toEqual([
        { title: 'x'.repeat(150), view_count: 40 },
        { title: 'Two', view_count: 40 },
      ]);
      const { cursor, has_more } = objectAt(page.json, 'data') ?? {};
      expect(has_more).toBe(true);
      const next = await client.list({ max_count: 2, cursor: cursor ?? null }, 'id,title');
      const [last] = arrayAt(objectAt(next.json, 'data') ?? {}, 'videos') ?? [];
      expect([last, objectAt(next.json, 'data')]).toMatchObject([{ title: 'One' }, { has_more: false }]);
      const ids = isJsonObject(last) ? [last['id'] ?? null] : [];
      const queried = await client.post('/v2/video/query/?fields=title', { filters: { video_ids: ids } });
      expect(videosOf(queried)).toEqual([{ title: 'One' }]);
      expect(errorOf(await client.list({ max_count: 21 }))).toEqual([400, 'invalid_params']);
    });

    it('may be told to fail', async () => {
      sandbox.control.configure('tiktok', { failReason: 'spam_risk_text', uploadMs: 0 });
      const id = await client.upload(clip);
      expect(await statusOf(id)).toMatchObject({ status: 'FAILED', fail_reason: 'spam_risk_text' });
    });
  });
});
