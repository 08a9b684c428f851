import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { parseConfig } from '../../../src/common/config/index.js';
import { HeicDecoder } from '../../../src/modules/media/heic/heic.decoder.js';
import { DocumentProbe } from '../../../src/modules/media/probe/document.probe.js';
import { ImageProbe } from '../../../src/modules/media/probe/image.probe.js';
import { MediaProbe, type Probed } from '../../../src/modules/media/probe/media.probe.js';
import { VideoProbe } from '../../../src/modules/media/probe/video.probe.js';
import { StagingArea } from '../../../src/modules/media/storage/staging.area.js';
import { type FoundTool, MediaTools, type ToolName } from '../../../src/modules/media/tools/media.tools.js';
import { tinyAudio, tinyVideo } from '../../support/contract/tiny-files.js';
import { generateVideo } from '../../support/media/generated-video.js';
import { heic, heicColours, hollowHeic } from '../../support/media/heic.js';
import { pdf } from '../../support/media/pdf.js';
import { describeWith } from '../../support/requirements.js';

class NoTools extends MediaTools {
  override find(name: ToolName): FoundTool {
    return { path: null, reason: `${name} is not there` };
  }
}

describe('the probe', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fanfare-test-probe-'));
  const config = parseConfig({
    FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    FANFARE_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'),
    FANFARE_DATA_DIR: dataDir,
  });

  afterAll(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function probe(bytes: Buffer, tools = new MediaTools()): Promise<Probed> {
    const staging = new StagingArea(config);
    const prober = new MediaProbe(
      new ImageProbe(new HeicDecoder(staging)),
      new VideoProbe(tools, staging),
      new DocumentProbe(),
    );
    return staging.use((file) => {
      writeFileSync(file, bytes);
      return prober.probe(file);
    });
  }

  const plain = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 4, background: { r: 200, g: 30, b: 30, alpha: 0.5 } } });

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('makes a preview of %s', async (format) => {
    const { preview, details } = await probe(await plain(900, 300).toFormat(format).toBuffer());
    const small = await sharp(preview?.bytes).metadata();
    expect(small).toMatchObject({ format: 'webp', width: 480, height: 160 });
    expect(preview?.blurHash).toHaveLength(28);
    expect(details).toMatchObject({ animated: false });
  });

  it.each([
    [1, undefined, 60, 40],
    [3, 180, 60, 40],
    [6, 90, 40, 60],
    [8, 270, 40, 60],
  ])('shows an image of orientation %d upright', async (orientation, rotation, width, height) => {
    const turned = await plain(60, 40).withMetadata({ orientation }).jpeg().toBuffer();
    const { details, preview, ...size } = await probe(turned);
    expect(size).toMatchObject({ width, height });
    expect(details.rotation).toBe(rotation);
    expect(await sharp(preview?.bytes).metadata()).toMatchObject({ width, height });
  });

  it.each(['gif', 'webp'] as const)('counts the frames of an animated %s', async (format) => {
    const frames = await Promise.all(
      [10, 120, 250].map((red) =>
        sharp({ create: { width: 60, height: 40, channels: 3, background: { r: red, g: 0, b: 99 } } })
          .png()
          .toBuffer(),
      ),
    );
    const animation = await sharp(frames, { join: { animated: true } })
      .toFormat(format, { delay: [100, 200, 300] })
      .toBuffer();
    const { details, durationMs, width, height } = await probe(animation);
    expect(details).toMatchObject({ animated: true, frames: 3 });
    expect(durationMs).toBe(600);
    expect([width, height]).toEqual([60, 40]);
  });

  it.each([
    [3000, 1],
    [1, 3000],
    [3, 2],
    [1, 1],
  ])('reads an image of %d by %d', async (width, height) => {
    const { preview, ...size } = await probe(await plain(width, height).png().toBuffer());
    expect(size).toMatchObject({ width, height });
    expect(preview).not.toBeNull();
  });

  describe('of a HEIC', () => {
    /** The colours in the middle of the quarters, row by row. */
    async function quarters(preview: Buffer | undefined): Promise<number[][]> {
      const { data, info } = await sharp(preview)
        .removeAlpha()
        .resize({ width: 64, height: 64, fit: 'fill' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const at = (x: number, y: number): number[] => [
        ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
      ];
      return [at(16, 16), at(48, 16), at(16, 48), at(48, 48)];
    }

    function expectColours(found: number[][], wanted: readonly (readonly number[])[]): void {
      const off = found.flatMap((colour, index) =>
        colour.map((value, channel) => Math.abs(value - (wanted[index]?.[channel] ?? NaN))),
      );
      expect(Math.max(...off)).toBeLessThan(12);
    }

    const { upperLeft, upperRight, lowerLeft, lowerRight } = heicColours;

    async function blockOf(what: 'exif' | 'icc'): Promise<Buffer> {
      const dressed = await plain(4, 4)
        .withMetadata({ orientation: 6 })
        .withIccProfile('p3')
        .jpeg()
        .toBuffer();
      const block = (await sharp(dressed).metadata())[what];
      if (block === undefined) throw new Error(`no ${what}`);
      return block;
    }

    it('decodes the pixels, and makes a preview and its blur', async () => {
      const { preview, details, ...rest } = await probe(heic());
      expect(rest).toMatchObject({ kind: 'image', mimeType: 'image/heic', width: 64, height: 48 });
      expect(details).toEqual({ animated: false, hasAlpha: false, metadata: false });
      expect(preview?.blurHash).toHaveLength(28);
      expectColours(await quarters(preview?.bytes), [upperLeft, upperRight, lowerLeft, lowerRight]);
    });

    it.each([
      [1, [48, 64], [upperRight, lowerRight, upperLeft, lowerLeft]],
      [2, [64, 48], [lowerRight, lowerLeft, upperRight, upperLeft]],
      [3, [48, 64], [lowerLeft, upperLeft, lowerRight, upperRight]],
    ] as const)(
      'turns it by %d quarters as it says, once, whatever Exif says',
      async (turns, size, colours) => {
        const { preview, details, width, height } = await probe(heic({ turns, exif: await blockOf('exif') }));
        expect([width, height]).toEqual(size);
        expect(details).toMatchObject({ metadata: true });
        expectColours(await quarters(preview?.bytes), colours);
      },
    );

    it('reads its colours in the profile that it carries', async () => {
      const { preview } = await probe(heic({ icc: await blockOf('icc') }));
      const pixel = { width: 1, height: 1, channels: 3 } as const;
      const wide = await sharp(Buffer.from(upperRight), { raw: pixel }).png().toBuffer();
      const [, green] = await quarters(preview?.bytes);
      expect((await sharp(wide).raw().toBuffer())[0]).toBe(30);
      // Green of Display P3 lies outside of sRGB: there is no red left in it.
      expect(green?.[0]).toBeLessThan(8);
    });

    it.each([
      ['without pictures', hollowHeic(4032, 3024), 'media_unreadable'],
      ['that was cut short', heic().subarray(0, -60), 'media_unreadable'],
      ['that says it is huge', hollowHeic(9000, 9000), 'media_too_many_pixels'],
      ['that says it is beyond all measure', hollowHeic(60_000, 60_000), 'media_too_many_pixels'],
    ])('refuses one %s', async (_what, bytes, code) => {
      await expect(probe(bytes)).rejects.toMatchObject({ code });
    });

    it('decodes several at once, one after the other', async () => {
      const read = await Promise.all(
        [heic(), hollowHeic(64, 48), heic({ turns: 1 })].map((bytes) =>
          probe(bytes).then(
            ({ width }) => width,
            () => 'refused',
          ),
        ),
      );
      expect(read).toEqual([64, 'refused', 48]);
    });
  });

  describe('of a PDF', () => {
    it.each([
      [{ pages: 1 }, { pages: 1, pageSize: { width: 595, height: 842 } }],
      [
        { pages: 300, width: 400, height: 300 },
        { pages: 300, pageSize: { width: 400, height: 300 } },
      ],
      [
        { pages: 2, width: 400, height: 300, rotate: 90 },
        { pages: 2, pageSize: { width: 300, height: 400 } },
      ],
    ] as const)('of %j counts and measures the pages', async (options, details) => {
      const read = await probe(pdf(options));
      expect(read).toMatchObject({
        kind: 'document',
        mimeType: 'application/pdf',
        width: null,
        preview: null,
      });
      expect(read.details).toEqual(details);
    });

    it('reads one whose table of contents was lost, as viewers do', async () => {
      const whole = pdf({ pages: 4 }).toString();
      const lost = whole.slice(0, whole.indexOf('xref')) + 'trailer\n<< /Root 1 0 R >>\n';
      expect((await probe(Buffer.from(lost))).details.pages).toBe(4);
    });

    it.each([
      ['that needs a password', pdf({ encrypted: true }), 'media_encrypted'],
      ['that is only a head', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n'), 'media_unreadable'],
      ['that was cut short', pdf({ pages: 5 }).subarray(0, 120), 'media_unreadable'],
      ['without a page', pdf({ pages: 0 }), 'media_unreadable'],
      [
        'of nonsense',
        Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(500_000, 'x')]),
        'media_unreadable',
      ],
    ])('refuses one %s', async (_what, bytes, code) => {
      await expect(probe(bytes)).rejects.toMatchObject({ code });
    });
  });

  it('takes a video as it is where nothing can read it, and says why', async () => {
    const { details, ...rest } = await probe(tinyVideo, new NoTools());
    expect(rest).toMatchObject({
      kind: 'video',
      mimeType: 'video/mp4',
      width: null,
      durationMs: null,
      preview: null,
    });
    expect(details.unread).toBe('ffprobe is not there.');
  });

  describeWith('ffmpeg', 'with ffprobe', () => {
    it.each([
      ['mp4', 'video/mp4', { videoCodec: 'h264', audioCodec: 'aac', pixelFormat: 'yuv420p' }],
      ['mov', 'video/quicktime', { videoCodec: 'h264', audioCodec: 'pcm_s16le', pixelFormat: 'yuv422p' }],
      ['webm', 'video/webm', { videoCodec: 'vp8', audioCodec: 'vorbis' }],
      ['avi', 'video/x-msvideo', { videoCodec: 'mpeg4', audioCodec: 'mp3' }],
    ] as const)('reads %s', async (extension, mimeType, details) => {
      const read = await probe(generateVideo({ extension, width: 320, height: 180, rate: 10, seconds: 2 }));
      expect(read).toMatchObject({ kind: 'video', mimeType, width: 320, height: 180, details });
      expect(read.durationMs).toBeGreaterThan(1800);
      expect(read.durationMs).toBeLessThan(2300);
      expect(read.details.frameRate).toBeCloseTo(10, 0);
      expect(read.details.bitRate).toBeGreaterThan(1000);
      expect(await sharp(read.preview?.bytes).metadata()).toMatchObject({ width: 320, height: 180 });
    });

    it.each([
      [90, 180, 320],
      [180, 320, 180],
      [270, 180, 320],
    ] as const)('shows a video that was turned by %d upright', async (rotation, width, height) => {
      const read = await probe(generateVideo({ rotation, width: 320, height: 180 }));
      expect(read).toMatchObject({ width, height });
      expect([90, 180, 270]).toContain(read.details.rotation);
      expect(await sharp(read.preview?.bytes).metadata()).toMatchObject({ width, height });
    });

    it('reads a video without sound, and a long one', async () => {
      const silent = await probe(generateVideo({ sound: false }));
      expect(silent.details).not.toHaveProperty('audioCodec');
      const long = await probe(generateVideo({ seconds: 700, rate: 1, width: 32, height: 32, sound: false }));
      expect(long.durationMs).toBeGreaterThanOrEqual(699_000);
    });

    it('reads audio', async () => {
      const read = await probe(tinyAudio);
      expect(read).toMatchObject({ kind: 'audio', mimeType: 'audio/mpeg', width: null, preview: null });
      expect(read.details.audioCodec).toBe('mp3');
      expect(read.durationMs).toBeGreaterThan(100);
    });

    it.each([
      ['a head without a film', Buffer.concat([tinyVideo.subarray(0, 40), Buffer.alloc(200)])],
      ['a film cut in half', tinyVideo.subarray(0, tinyVideo.length >> 1)],
    ])('refuses %s', async (_what, bytes) => {
      await expect(probe(bytes)).rejects.toMatchObject({ code: 'media_unreadable' });
    });

    it('opens nothing that a file refers to', async () => {
      const list = Buffer.from('ffconcat version 1.0\nfile /etc/passwd\n');
      await expect(probe(list)).rejects.toMatchObject({ code: 'media_type_unsupported' });
    });
  });
});
