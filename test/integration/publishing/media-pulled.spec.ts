import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { type Asset, MediaService } from '../../../src/modules/media/index.js';
import type { MediaItem, MediaLimit } from '../../../src/platforms/core/index.js';
import { MediaServer } from '../../support/contract/media-server.js';
import { Engine } from '../../support/engine/engine.js';
import { noise } from '../../support/media/generated-media.js';
import { S3Server } from '../../support/s3-server.js';

const limit: MediaLimit = {
  kind: 'image',
  maxItems: 1,
  mimeTypes: ['image/jpeg'],
  maxBytes: 20_000,
  maxAltText: 100,
};

interface Pulled {
  readonly item: MediaItem;
  readonly url: string;
  readonly type: string | null;
  readonly bytes: Buffer;
  /** What a request for ten bytes in the middle is answered with. */
  readonly part: Buffer;
}

/** Without PUBLIC_URL, S3 gives links of its own. */
describe.each(['disk', 'S3', 'S3 behind PUBLIC_URL'])('a file that the platform fetches from %s', (where) => {
  let engine: Engine;
  let s3: S3Server | undefined;
  let outside: MediaServer;
  let account: string;
  let pulled: Pulled[] = [];

  beforeAll(async () => {
    outside = await MediaServer.start();
    if (where !== 'disk') s3 = await S3Server.start();
    engine = await Engine.startWith({ ...s3?.env, ...(where === 'S3' ? {} : { PUBLIC_URL: outside.url }) });
    outside.serve(engine.app.get(MediaService));
    engine.behaviour.publish = async (ctx, client) => {
      for (const item of ctx.content.media) {
        pulled.push({ item, ...(await fetched(await ctx.mediaUrl(item, { validForMs: 60_000 }))) });
      }
      return ctx.commit('post', () => client.create(ctx.account.externalId, ctx.content.text));
    };
    account = await engine.connect('anna');
  });

  afterAll(async () => {
    await engine.stop();
    await outside.stop();
    await s3?.stop();
  });

  beforeEach(() => {
    pulled = [];
  });

  const upload = (bytes: Buffer): Promise<Asset> =>
    engine.app
      .get(MediaService)
      .upload(engine.workspaceId, { stream: Readable.from([bytes]), fileName: 'noise.png' });

  async function publish(bytes: Buffer, mimeTypes: readonly string[]): Promise<[Asset, Pulled]> {
    engine.behaviour.media = { limits: [{ ...limit, mimeTypes }], maxItems: 1, mixes: [] };
    const asset = await upload(bytes);
    const postId = await engine.post({ accounts: [account], media: [asset.id] });
    await engine.settle();
    expect(await engine.plan(postId)).toMatchObject({ status: 'published' });
    const [only, ...others] = pulled;
    if (only === undefined || others.length > 0) throw new Error('not one file was fetched');
    expect(only.url.startsWith(where === 'S3' ? (s3?.env['S3_ENDPOINT'] ?? '-') : outside.url)).toBe(true);
    expect(only.part).toEqual(only.bytes.subarray(20, 30));
    return [asset, only];
  }

  it('is what was made for the platform, byte for byte, and not the original', async () => {
    const original = await noise(200, 150).png().toBuffer();
    const [asset, { item, bytes, type }] = await publish(original, ['image/jpeg']);
    expect(type).toBe('image/jpeg');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(item.sha256);
    expect(item.sha256).not.toBe(asset.sha256);
    expect(bytes.length).toBe(item.bytes);
    expect(await sharp(bytes).metadata()).toMatchObject({
      format: 'jpeg',
      width: item.width,
      height: item.height,
    });
  });

  it('is the original where that fits', async () => {
    const original = await noise(50, 40).png().toBuffer();
    const [asset, { item, bytes, type }] = await publish(original, ['image/png']);
    expect(type).toBe('image/png');
    expect(item.sha256).toBe(asset.sha256);
    expect(bytes.equals(original)).toBe(true);
  });
});

async function fetched(url: string): Promise<Omit<Pulled, 'item'>> {
  const whole = await fetch(url, { headers: { connection: 'close' } });
  const part = await fetch(url, { headers: { connection: 'close', range: 'bytes=20-29' } });
  if (whole.status !== 200 || part.status !== 206) throw new Error(`${whole.status} and ${part.status}`);
  return {
    url,
    type: whole.headers.get('content-type'),
    bytes: Buffer.from(await whole.arrayBuffer()),
    part: Buffer.from(await part.arrayBuffer()),
  };
}
