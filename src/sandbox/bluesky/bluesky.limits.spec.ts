import { type JsonObject, type JsonValue } from '../core/json.js';
import { type Answer, BlueskyRig, post, replyTo, SLOW_MS } from './bluesky.rig.js';

describe('Bluesky simulator', () => {
  const rig = new BlueskyRig();
  const { put, call, upload, png } = rig;

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => expect(rig.control.unexpected()).toEqual([]));
  afterAll(() => rig.stop());

  describe('limits of a post', () => {
    const refused = async (record: JsonObject): Promise<JsonValue | undefined> => {
      const { status, json } = await put(record);
      return status === 400 ? json['error'] : `status ${status}`;
    };
    const accepted = async (record: JsonObject): Promise<void> => {
      expect((await put(record)).json).toHaveProperty('uri');
    };

    it('takes 300 graphemes and no more', async () => {
      await accepted(post('ä'.repeat(300)));
      expect(await refused(post('ä'.repeat(301)))).toBe('InvalidRequest');
    });

    it('takes 3000 bytes and no more', async () => {
      const family = '👨‍👩‍👧‍👦';
      await accepted(post(family.repeat(120)));
      expect(await refused(post(family.repeat(121)))).toBe('InvalidRequest');
    });

    it('names the path of what is wrong', async () => {
      expect((await put(post('x'.repeat(301)))).json['message']).toContain('$.record.text');
      expect((await put({ $type: 'app.bsky.feed.post', text: 'x' })).json['message']).toContain(
        '$.record.createdAt',
      );
    });

    it.each<[string, JsonObject, JsonObject]>([
      ['languages', { langs: ['en', 'de', 'fr'] }, { langs: ['en', 'de', 'fr', 'es'] }],
      ['hidden tags', { tags: Array<string>(8).fill('a') }, { tags: Array<string>(9).fill('a') }],
      ['length of a tag', { tags: ['a'.repeat(64)] }, { tags: ['a'.repeat(65)] }],
      ['replies', { reply: replyTo(`bafyrei${'a'.repeat(52)}`) }, { reply: replyTo('not-a-cid') }],
      [
        'labels',
        { labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'nudity' }] } },
        { labels: { $type: 'other', values: [] } },
      ],
      ['date', { createdAt: '2026-01-01T00:00:00Z' }, { createdAt: '2026-01-01 00:00' }],
      [
        'link card',
        {
          embed: {
            $type: 'app.bsky.embed.external',
            external: { uri: 'https://a.b', title: '', description: '' },
          },
        },
        { embed: { $type: 'app.bsky.embed.external', external: { uri: 'https://a.b', title: '' } } },
      ],
    ])('checks %s', async (_name, good, bad) => {
      await accepted(post('x', good));
      expect(await refused(post('y', bad))).toBe('InvalidRequest');
    });

    it('does not check facets against the text', async () => {
      const features = [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com' }];
      await accepted(post('short', { facets: [{ index: { byteStart: 3, byteEnd: 90 }, features }] }));
      expect(await refused(post('x', { facets: [{ index: { byteStart: -1, byteEnd: 2 }, features }] }))).toBe(
        'InvalidRequest',
      );
    });

    it('shows links where their bytes are', async () => {
      const features = [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com' }];
      await accepted(post('ä link', { facets: [{ index: { byteStart: 3, byteEnd: 7 }, features }] }));
      expect(rig.control.inbox()[0]?.display?.html).toContain(
        'ä <a href="https://example.com" rel="noreferrer">link</a>',
      );
    });

    it('takes four images with alt text, and no fifth', async () => {
      const image = { image: await upload(await png(), 'image/png'), alt: 'a teal box' };
      const embed = (count: number): JsonObject => ({
        embed: { $type: 'app.bsky.embed.images', images: Array<JsonObject>(count).fill(image) },
      });
      await accepted(post('pictures', embed(4)));
      expect(rig.control.inbox()[0]?.media).toHaveLength(4);
      expect(rig.control.inbox()[0]?.media[0]).toMatchObject({
        kind: 'image',
        alt: 'a teal box',
        width: 40,
        height: 30,
      });
      expect(await refused(post('more', embed(5)))).toBe('InvalidRequest');
      const images = [{ image: image.image }];
      expect(await refused(post('no alt', { embed: { $type: 'app.bsky.embed.images', images } }))).toBe(
        'InvalidRequest',
      );
    });

    it('checks the size of an image at the record, not at the upload', async () => {
      const embed = (image: JsonObject): JsonObject => ({
        embed: { $type: 'app.bsky.embed.images', images: [{ image, alt: '' }] },
      });
      await accepted(post('fits', embed(await upload(Buffer.alloc(1_000_000, 1), 'image/jpeg'))));
      const big = await upload(Buffer.alloc(1_000_001, 1), 'image/jpeg');
      expect(big['size']).toBe(1_000_001);
      expect(await refused(post('too big', embed(big)))).toBe('BlobTooLarge');
      rig.control.configure('bluesky', { maxImageBytes: 2_000_000 });
      expect((await put(post('fits now', embed(big)), { rkey: '3kabcdefghij3' })).status).toBe(200);
    });

    it('compares a blob reference with the stored blob', async () => {
      const blob = await upload(await png(), 'image/png');
      const embed = (image: JsonObject): JsonObject => ({
        embed: { $type: 'app.bsky.embed.images', images: [{ image, alt: '' }] },
      });
      expect(await refused(post('x', embed({ ...blob, size: 1 })))).toBe('InvalidSize');
      expect(await refused(post('x', embed({ ...blob, mimeType: 'image/jpeg' })))).toBe('InvalidMimeType');
      expect(await refused(post('x', embed({ ...blob, mimeType: 'text/plain' })))).toBe('InvalidMimeType');
      expect(await refused(post('x', embed({ ...blob, ref: { $link: `bafkrei${'a'.repeat(52)}` } })))).toBe(
        'BlobNotFound',
      );
    });

    it(
      'refuses a blob above 52,428,800 bytes with 413',
      async () => {
        const send = (size: number): Promise<Answer> =>
          call('API', '/xrpc/com.atproto.repo.uploadBlob', {
            method: 'POST',
            body: new Uint8Array(size),
            headers: { authorization: `Bearer ${rig.session.access}`, 'content-type': 'application/x-big' },
          });
        expect((await send(52_428_800)).status).toBe(200);
        const { status, json } = await send(52_428_801);
        expect([status, json['error']]).toEqual([413, 'PayloadTooLarge']);
      },
      SLOW_MS,
    );
  });
});
