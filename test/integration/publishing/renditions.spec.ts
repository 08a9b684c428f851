import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { EventRelay } from '../../../src/common/events/index.js';
import { PostsService } from '../../../src/modules/content/index.js';
import { type Asset, MediaRenditions, MediaService } from '../../../src/modules/media/index.js';
import { FileLink } from '../../../src/modules/media/file-link.js';
import { RenditionMaker } from '../../../src/modules/media/renditions/rendition.maker.js';
import { RenditionSweep } from '../../../src/modules/media/renditions/rendition.sweep.js';
import { ExplainReader, type PublicationView } from '../../../src/modules/publishing/index.js';
import { type MediaItem, type MediaLimit, PublishError } from '../../../src/platforms/core/index.js';
import { Engine } from '../../support/engine/engine.js';
import { noise } from '../../support/media/generated-media.js';

const minute = 60_000;
const limit: MediaLimit = {
  kind: 'image',
  maxItems: 4,
  mimeTypes: ['image/jpeg'],
  maxBytes: 20_000,
  maxAltText: 100,
  ratio: { min: 0.8, max: 1.91 },
};

interface Sent {
  readonly item: MediaItem;
  readonly bytes: Buffer;
}

describe('a post whose file has to be made to fit', () => {
  let engine: Engine;
  let account: string;
  let asset: Asset;
  let sent: Sent[] = [];
  let made = 0;

  beforeEach(async () => {
    engine = await Engine.start();
    account = await engine.connect('anna');
    sent = [];
    takes({});
    engine.behaviour.publish = async (ctx, client) => {
      for (const item of ctx.content.media) {
        sent.push({ item, bytes: await buffer(await ctx.media(item).open()) });
      }
      return ctx.commit('part:0', () => client.create(ctx.account.externalId, ctx.content.text));
    };
    asset = await upload(
      await noise(200 + (made += 1), 150)
        .png()
        .toBuffer(),
    );
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await engine.stop();
  });

  const takes = (more: Partial<MediaLimit>): void => {
    engine.behaviour.media = { limits: [{ ...limit, ...more }], maxItems: 4, mixes: [['image']] };
  };
  const upload = (bytes: Buffer): Promise<Asset> =>
    engine.app.get(MediaService).upload(engine.workspaceId, { stream: Readable.from([bytes]) });
  const run = <T>(work: () => Promise<T>): Promise<T> => engine.unitOfWork.run(engine.workspaceId, work);
  const post = (inMs = 10 * minute, accounts = [account]): Promise<string> =>
    engine.post({ accounts, inMs, media: [{ id: asset.id, altText: 'noise' }] });
  const made1 = () => run(() => engine.app.get(MediaRenditions).ofSource(asset.sha256));
  const reasons = async (postId: string): Promise<string[]> =>
    (await run(() => engine.app.get(ExplainReader).ofPost(postId)))[0]?.reasons.map(({ code }) => code) ?? [];

  async function publication(postId: string): Promise<PublicationView> {
    const [view] = (await engine.plan(postId)).publications;
    if (view === undefined) throw new Error('no publication');
    return view;
  }

  async function due(): Promise<void> {
    await engine.advance(11 * minute);
    await engine.sweep();
    await engine.settle();
  }

  it('is made ahead, once for all accounts, and what was made is what goes out', async () => {
    const other = await engine.connect('bea');
    const id = await post(10 * minute, [account, other]);
    await engine.settle();
    expect(await made1()).toMatchObject([{ state: 'ready', claims: 1, mimeType: 'image/jpeg' }]);
    await due();
    expect((await engine.plan(id)).status).toBe('published');
    expect(sent).toHaveLength(2);
    for (const { item, bytes } of sent) {
      expect(bytes.length).toBeLessThanOrEqual(limit.maxBytes);
      expect(item).toMatchObject({
        mimeType: 'image/jpeg',
        bytes: bytes.length,
        altText: 'noise',
        id: asset.id,
      });
      expect(await sharp(bytes).metadata()).toMatchObject({
        format: 'jpeg',
        width: item.width,
        height: item.height,
      });
    }
    expect(new Set(sent.map(({ item }) => item.sha256)).size).toBe(1);
  });

  it('is linked to as it was made, for platforms that fetch it', async () => {
    await post(10 * minute);
    await engine.settle();
    const link = engine.app.get(FileLink);
    const [rendition] = await made1();
    const { sha256, mimeType } = rendition ?? { sha256: null, mimeType: null };
    if (sha256 === null) throw new Error('nothing was made');
    const url = new URL(
      link.create({ workspaceId: engine.workspaceId, assetId: asset.id, rendition: sha256 }),
      'http://x',
    );
    const { expires = '', signature = '', rendition: named } = Object.fromEntries(url.searchParams);
    const media = engine.app.get(MediaService);
    const opened = await media.openSigned({ assetId: asset.id, expires, signature, rendition: named ?? '' });
    expect(opened).toMatchObject({ mimeType, bytes: rendition?.bytes });
    expect((await buffer(opened.stream)).length).toBe(rendition?.bytes);
    await expect(media.openSigned({ assetId: asset.id, expires, signature })).rejects.toThrow(
      'over or was changed',
    );
    const other = { assetId: asset.id, expires, signature, rendition: asset.sha256 };
    await expect(media.openSigned(other)).rejects.toThrow('over or was changed');
  });

  it('goes out byte for byte where it fits', async () => {
    takes({ mimeTypes: ['image/png'], maxBytes: 10_000_000 });
    await post(0);
    await engine.settle();
    expect(sent).toMatchObject([{ item: { sha256: asset.sha256, mimeType: 'image/png' } }]);
    expect(await made1()).toEqual([]);
  });

  it('waits for its file without an attempt, says so, and goes out once it is there', async () => {
    const busy = jest.spyOn(engine.app.get(RenditionMaker), 'make').mockResolvedValue();
    const id = await post(0);
    await engine.settle();
    expect(await publication(id)).toMatchObject({
      status: 'queued',
      attemptCount: 0,
      waitingFor: { reason: 'media' },
    });
    expect(await reasons(id)).toEqual(['media', 'media_in_progress']);
    busy.mockRestore();
    await engine.advance(5_000);
    await run(async () => {
      const [rendition] = await made1();
      engine.unitOfWork.afterCommit(() =>
        engine.app.get(RenditionMaker).make(engine.workspaceId, rendition?.id ?? ''),
      );
    });
    await engine.app.get(EventRelay).drain();
    await engine.settle();
    expect(await publication(id)).toMatchObject({ status: 'published', attemptCount: 1 });
    expect(sent).toHaveLength(1);
  });

  it('finds its file by looking, when nobody told that it is ready', async () => {
    const busy = jest.spyOn(engine.app.get(RenditionMaker), 'make').mockResolvedValue();
    const id = await post(0);
    await engine.settle();
    busy.mockRestore();
    engine.queue.wipe();
    await engine.advance(2 * minute);
    expect(await engine.app.get(RenditionSweep).sweepOnce()).toBe(1);
    await engine.settle();
    await engine.advance(2 * minute);
    await engine.sweep();
    await engine.settle();
    expect(await publication(id)).toMatchObject({ status: 'published' });
  });

  it('is told of to its owner before it is due when it cannot be made, and sends nothing', async () => {
    takes({ maxBytes: 300, minWidth: 200 });
    const id = await post();
    await engine.settle();
    expect(await made1()).toMatchObject([{ state: 'failed' }]);
    const warned = await run(() => engine.app.get(PostsService).get(id));
    expect(warned.warnings).toMatchObject([{ code: 'media_cannot_be_made', pointer: '/media' }]);
    expect(await reasons(id)).toEqual(['due_time', 'media_cannot_be_made']);
    const again = run(() => engine.app.get(PostsService).update(id, { text: 'Other words' }, null));
    await expect(again).rejects.toMatchObject({
      violations: [{ rule: 'media_cannot_be_made', pointer: '/media/0' }],
    });
    await due();
    expect(await publication(id)).toMatchObject({
      status: 'failed',
      attemptCount: 0,
      error: { code: 'media.cannot_be_made' },
    });
    expect(sent).toEqual([]);
  });

  it('is made anew for the limits of the day when they changed after it was scheduled', async () => {
    const id = await post();
    await engine.settle();
    const [ahead] = await made1();
    takes({ maxBytes: 10_000, maxWidth: 100 });
    await due();
    expect((await engine.plan(id)).status).toBe('published');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.bytes.length).toBeLessThanOrEqual(10_000);
    expect(sent[0]?.item).toMatchObject({ width: 100, bytes: sent[0]?.bytes.length });
    expect(sent[0]?.item.sha256).not.toBe(ahead?.sha256);
    expect(await made1()).toHaveLength(2);
  });

  it('goes out as it was frozen when the limits change between two attempts', async () => {
    const publish = engine.behaviour.publish;
    engine.behaviour.publish = (ctx, client) => {
      const outage = { kind: 'transient', code: 'fake.down', message: 'Not now.', remedy: 'None.' } as const;
      attempts += 1;
      if (attempts === 1 || publish === null)
        throw new PublishError({ ...outage, provesNothingCreated: true });
      return publish(ctx, client);
    };
    let attempts = 0;
    const id = await post(0);
    await engine.settle();
    const [frozen] = await made1();
    takes({ ratio: { min: 3, max: 4 } });
    await due();
    expect(await publication(id)).toMatchObject({ status: 'published', attemptCount: 2 });
    expect(sent).toMatchObject([{ item: { sha256: frozen?.sha256, mimeType: 'image/jpeg' } }]);
  });

  it('is not sent at all when limits that nothing can be made to fit came after it was scheduled', async () => {
    const id = await post();
    await engine.settle();
    takes({ ratio: { min: 3, max: 4 } });
    expect(await reasons(id)).toEqual(['due_time', 'media_cannot_be_made']);
    await due();
    expect(sent.map(({ item }) => item.mimeType)).toEqual([]);
    expect(await publication(id)).toMatchObject({
      status: 'failed',
      attemptCount: 0,
      error: { code: 'media.cannot_be_made', message: expect.stringContaining('`fit`') },
    });
  });

  it('is refused when it is written where only a choice could help, and goes out cropped by choice', async () => {
    asset = await upload(await noise(300, 100).png().toBuffer());
    await expect(post(0)).rejects.toMatchObject({
      violations: [{ rule: 'media_ratio', pointer: '/media/0', remedy: expect.stringContaining('`fit`') }],
    });
    await engine.post({ accounts: [account], media: [{ id: asset.id, altText: null, fit: 'crop' }] });
    await engine.settle();
    expect(sent).toMatchObject([{ item: { width: 191, height: 100 } }]);
  });
});
