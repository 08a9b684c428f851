import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { DomainError, NotFoundError } from '../../../src/common/errors/index.js';
import { type Asset, MediaLibrary, MediaReader, MediaService } from '../../../src/modules/media/index.js';
import { PostReader } from '../../../src/modules/content/index.js';
import { tinyVideo } from '../../support/contract/tiny-files.js';
import { pdf } from '../../support/media/pdf.js';
import { S3Server } from '../../support/s3-server.js';
import { ContentFixture } from '../content/content.fixture.js';

type Format = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

/** Noise, so that cutting it short hits pixels. */
async function image(format: Format, width = 60, height = 40, orientation?: number): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = (index * 7919 + (index >> 3)) % 256;
  const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
  return (orientation === undefined ? picture : picture.withMetadata({ orientation }))
    .toFormat(format)
    .toBuffer();
}

const maxBytes = 20 * 1024 * 1024;

describe.each(['disk', 'S3'])('media on %s', (where) => {
  let fixture: ContentFixture;
  let s3: S3Server | undefined;
  let media: MediaService;
  let library: MediaLibrary;
  let reader: MediaReader;
  let workspaceId: string;

  beforeAll(async () => {
    if (where === 'S3') s3 = await S3Server.start();
    fixture = await ContentFixture.start(undefined, { FANFARE_MEDIA_MAX_MB: '20', ...s3?.env });
    media = fixture.get(MediaService);
    reader = fixture.get(MediaReader);
    library = fixture.get(MediaLibrary);
  });

  afterAll(async () => {
    await fixture.stop();
    await s3?.stop();
  });

  beforeEach(async () => {
    workspaceId = await fixture.workspace();
  });

  const upload = (bytes: Buffer, more: { fileName?: string; altText?: string | null } = {}): Promise<Asset> =>
    media.upload(workspaceId, { stream: Readable.from([bytes]), ...more });

  /** Everything that is kept, and what is still coming in. */
  const files = (): string[] => [
    ...readdirSync(fixture.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(fixture.dataDir, path.join(entry.parentPath, entry.name))),
    ...(s3?.keys() ?? []).map((key) => path.join('media', key)),
  ];

  async function refusal(work: Promise<unknown>): Promise<string> {
    const before = files();
    const error: unknown = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof DomainError)) throw new Error('was not refused', { cause: error });
    expect(files()).toEqual(before);
    const rows = await fixture.rows('SELECT id FROM assets WHERE workspace_id = $1', [workspaceId]);
    expect(rows).toEqual([]);
    return error.code;
  }

  it.each([
    ['png', 'image', 'image/png'],
    ['jpeg', 'image', 'image/jpeg'],
    ['webp', 'image', 'image/webp'],
    ['avif', 'image', 'image/avif'],
    ['gif', 'gif', 'image/gif'],
  ] as const)('takes %s by its bytes, whatever it is called', async (format, kind, mimeType) => {
    const bytes = await image(format);
    const asset = await upload(bytes, { fileName: '../photo.exe', altText: 'noise' });
    expect(asset).toMatchObject({
      state: 'ready',
      kind,
      mimeType,
      width: 60,
      height: 40,
      bytes: bytes.length,
      durationMs: null,
      fileName: 'photo.exe',
      altText: 'noise',
    });
    expect(await reader.read(workspaceId, asset.id)).toEqual(bytes);
    expect(await fixture.events(workspaceId, 'media.media-ready')).toEqual([{ assetId: asset.id, kind }]);
  });

  it('takes videos and documents', async () => {
    expect(await upload(tinyVideo)).toMatchObject({ kind: 'video', mimeType: 'video/mp4' });
    expect(await upload(pdf({ pages: 3 }))).toMatchObject({
      kind: 'document',
      mimeType: 'application/pdf',
      width: null,
      details: { pages: 3, pageSize: { width: 595, height: 842 } },
    });
  });

  it.each([
    [1, 60, 40],
    [3, 60, 40],
    [6, 40, 60],
    [8, 40, 60],
  ])('measures an image of orientation %d as people see it', async (orientation, width, height) => {
    expect(await upload(await image('jpeg', 60, 40, orientation))).toMatchObject({ width, height });
  });

  it('reads every frame of an animation', async () => {
    const frame = await image('png', 30, 20);
    const animation = await sharp([frame, await image('png', 30, 20), frame], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect(await upload(animation)).toMatchObject({ kind: 'gif', width: 30, height: 20 });
  });

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)(
    'refuses a %s that was cut short',
    async (format) => {
      const whole = await image(format, 300, 200);
      for (const share of [0.5, 0.9]) {
        const cut = whole.subarray(0, Math.floor(whole.length * share));
        expect(await refusal(upload(cut))).toBe('media_unreadable');
      }
    },
  );

  it('refuses an image whose bytes are damaged', async () => {
    const damaged = Buffer.from(await image('png', 300, 200));
    damaged.fill(0x5a, 1000, 2000);
    expect(await refusal(upload(damaged))).toBe('media_unreadable');
  });

  it.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['an archive', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)])],
    ['some text', Buffer.from('just words')],
    ['one byte', Buffer.from([0xff])],
  ])('refuses %s that is called photo.jpg', async (_what, bytes) => {
    expect(await refusal(upload(bytes, { fileName: 'photo.jpg' }))).toBe('media_type_unsupported');
  });

  it('refuses a header without an image', async () => {
    const header = (await image('jpeg')).subarray(0, 20);
    expect(await refusal(upload(header))).toBe('media_unreadable');
  });

  it('refuses a PDF that is damaged or locked', async () => {
    expect(await refusal(upload(Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')))).toBe(
      'media_unreadable',
    );
    expect(await refusal(upload(pdf({ encrypted: true })))).toBe('media_encrypted');
  });

  it('refuses an empty file', async () => {
    expect(await refusal(upload(Buffer.alloc(0)))).toBe('media_empty');
  });

  it('refuses more bytes than are taken, without reading them all', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 1);
    let sent = 0;
    const endless = new Readable({
      read() {
        sent += chunk.length;
        this.push(chunk);
      },
    });
    expect(await refusal(media.upload(workspaceId, { stream: endless }))).toBe('media_too_large');
    expect(sent).toBeLessThan(maxBytes + 16 * chunk.length);
  });

  it('refuses what the parser in front has cut off', async () => {
    const stream = Readable.from([await image('png')]);
    expect(await refusal(media.upload(workspaceId, { stream, truncated: () => true }))).toBe(
      'media_too_large',
    );
  });

  it('refuses an image of too many pixels before it decodes them', async () => {
    const bomb = await sharp({
      create: { width: 12_000, height: 12_000, channels: 3, background: 'white' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(await refusal(upload(bomb))).toBe('media_too_many_pixels');
  });

  it('leaves nothing behind when the client goes away at once', async () => {
    const before = files();
    const stream = new Readable({ read: () => undefined });
    const result = media.upload(workspaceId, { stream });
    stream.destroy(new Error('gone'));
    await expect(result).rejects.toThrow();
    expect(files()).toEqual(before);
  });

  it('leaves nothing behind when the client goes away in the middle', async () => {
    const before = files();
    const chunks = [Buffer.alloc(1000), Buffer.alloc(1000)];
    const stream = new Readable({
      read() {
        const chunk = chunks.pop();
        if (chunk === undefined) this.destroy(new Error('gone'));
        else this.push(chunk);
      },
    });
    await expect(media.upload(workspaceId, { stream })).rejects.toThrow('gone');
    expect(files()).toEqual(before);
  });

  it('keeps the same bytes once, over workspaces, and each asset by itself', async () => {
    const bytes = await image('png', 61, 41);
    const first = await upload(bytes, { altText: 'one' });
    const before = files().length;
    const [again, ...others] = await Promise.all([
      upload(bytes, { altText: 'two' }),
      upload(bytes),
      media.upload(await fixture.workspace(), { stream: Readable.from([bytes]) }),
    ]);
    expect(files().length).toBe(before);
    expect(new Set([first, again, ...others].map(({ sha256 }) => sha256)).size).toBe(1);
    expect(new Set([first, again, ...others].map(({ id }) => id)).size).toBe(4);
    expect(again.altText).toBe('two');
    const stored = path.join('media', first.sha256.slice(0, 2), first.sha256.slice(2, 4), first.sha256);
    expect(files()).toContain(stored);
  });

  it('is invisible to another workspace', async () => {
    const { id } = await upload(await image('png'));
    const other = await fixture.workspace();
    await expect(fixture.run(other, () => library.get(id))).rejects.toThrow(NotFoundError);
    await expect(reader.read(other, id)).rejects.toThrow(NotFoundError);
    await expect(fixture.run(other, () => library.setAltText(id, 'mine'))).rejects.toThrow(NotFoundError);
    expect(await fixture.run(other, () => reader.describe([id]))).toEqual([]);
    expect(await fixture.run(workspaceId, () => library.get(id))).toMatchObject({ altText: null });
  });

  it('changes the alternative text, up to a limit', async () => {
    const { id } = await upload(await image('png'));
    expect(await fixture.run(workspaceId, () => library.setAltText(id, 'a cat'))).toMatchObject({
      altText: 'a cat',
    });
    for (const altText of ['x'.repeat(5001), 'a\u0000', '\ud83d']) {
      await expect(fixture.run(workspaceId, () => library.setAltText(id, altText))).rejects.toMatchObject({
        code: 'validation_failed',
      });
    }
  });

  describe('a signed link', () => {
    async function link(ttlMs?: number): Promise<{ assetId: string; expires: string; signature: string }> {
      const { id } = await upload(await image('png'));
      const url = media.fileUrl(workspaceId, id, ttlMs);
      const { searchParams, pathname } = new URL(url, 'http://localhost');
      expect(pathname).toMatch(/^\/api\/v1\/media\/med_[0-9a-f]{32}\/file$/);
      return {
        assetId: id,
        expires: searchParams.get('expires') ?? '',
        signature: searchParams.get('signature') ?? '',
      };
    }

    it('opens the file without a key', async () => {
      const { stream, ...file } = await media.openSigned(await link());
      expect(file).toMatchObject({ mimeType: 'image/png', fileName: 'file' });
      let bytes = 0;
      for await (const chunk of stream) bytes += Buffer.from(chunk).length;
      expect(bytes).toBe(file.bytes);
    });

    it('is worth nothing changed, for another file, or once it is over', async () => {
      const [one, other, over] = [await link(), await link(), await link(-1000)];
      const refused = { code: 'link_invalid' };
      await expect(media.openSigned({ ...one, assetId: other.assetId })).rejects.toMatchObject(refused);
      await expect(media.openSigned({ ...one, expires: '9999999999' })).rejects.toMatchObject(refused);
      await expect(media.openSigned({ ...one, signature: `${one.signature}x` })).rejects.toMatchObject(
        refused,
      );
      await expect(media.openSigned({ ...one, signature: '' })).rejects.toMatchObject(refused);
      await expect(media.openSigned(over)).rejects.toMatchObject(refused);
    });
  });

  describe('in posts', () => {
    it('is described with the text of the post before its own', async () => {
      const account = await fixture.account(workspaceId, 'short');
      const one = await upload(await image('png'), { altText: 'own' });
      const two = await upload(await image('png', 20, 10), { altText: 'own' });
      const { id } = await fixture.create(workspaceId, {
        media: [
          { id: two.id, altText: 'given' },
          { id: one.id, altText: null },
        ],
        targets: [{ accountId: account }],
      });
      const composed = await fixture.run(workspaceId, () => fixture.get(PostReader).compose(id));
      expect(composed?.targets[0]?.content.media).toMatchObject([
        { id: two.id, altText: 'given', width: 20, sha256: two.sha256 },
        { id: one.id, altText: 'own', width: 60 },
      ]);
    });

    it('is checked where it stands', async () => {
      const account = await fixture.account(workspaceId, 'short');
      const png = await upload(await image('png'));
      const document = await upload(pdf());
      await expect(
        fixture.create(workspaceId, {
          media: [{ id: png.id, altText: 'much too long' }],
          thread: [{ text: 'x', media: [{ id: document.id, altText: null }] }],
          targets: [{ accountId: account }],
        }),
      ).rejects.toMatchObject({
        violations: [
          { pointer: '/media/0', rule: 'alt_text_too_long' },
          { pointer: '/thread/0/media/0', rule: 'media_kind_unsupported' },
        ],
      });
    });

    it('is refused while it cannot be used', async () => {
      const account = await fixture.account(workspaceId, 'short');
      const { id } = await upload(await image('png'));
      for (const [state, rule] of [
        ['processing', 'media_not_ready'],
        ['rejected', 'media_rejected'],
      ]) {
        await fixture.rows('UPDATE assets SET state = $1 WHERE id = $2', [state, id]);
        await expect(
          fixture.create(workspaceId, { targets: [{ accountId: account, media: [{ id, altText: null }] }] }),
        ).rejects.toMatchObject({ violations: [{ pointer: '/targets/0/media/0/id', rule }] });
      }
    });
  });
});
