import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { newId } from '../../../src/common/ids/index.js';
import {
  type Asset,
  MediaLibrary,
  MediaRenditions,
  MediaService,
  type Rendition,
  type RenditionOrder,
} from '../../../src/modules/media/index.js';
import { ImageMaker } from '../../../src/modules/media/renditions/image.maker.js';
import { RenditionImpossibleError } from '../../../src/modules/media/renditions/rendition.js';
import { RenditionMaker } from '../../../src/modules/media/renditions/rendition.maker.js';
import { RenditionSweep } from '../../../src/modules/media/renditions/rendition.sweep.js';
import { RenditionsRepository } from '../../../src/modules/media/renditions/renditions.repository.js';
import { VideoMaker } from '../../../src/modules/media/renditions/video.maker.js';
import { StagingArea } from '../../../src/modules/media/storage/staging.area.js';
import { type FoundTool, MediaTools, type ToolName } from '../../../src/modules/media/tools/media.tools.js';
import { type ImageRecipe, recipeHash, type VideoRecipe } from '../../../src/platforms/core/index.js';
import { noise } from '../../support/media/generated-media.js';
import { S3Server } from '../../support/s3-server.js';
import { ContentFixture, minutes } from '../content/content.fixture.js';

const small: ImageRecipe = {
  make: 'image',
  types: ['image/jpeg'],
  canvas: { width: 20, height: 10, fit: 'scale' },
  maxBytes: 50_000,
  least: { width: 1, height: 1 },
};
/** Nothing of this size fits into so few bytes. */
const hopeless: ImageRecipe = { ...small, maxBytes: 100, least: { width: 20, height: 10 } };

class NoTools extends MediaTools {
  override find(name: ToolName): FoundTool {
    return { path: null, reason: `${name} is not there` };
  }
}

describe.each(['disk', 'S3'])('the work on renditions on %s', (where) => {
  let fixture: ContentFixture;
  let s3: S3Server | undefined;
  let renditions: MediaRenditions;
  let maker: RenditionMaker;
  let workspaceId: string;
  let asset: Asset;
  let made = 0;

  beforeAll(async () => {
    if (where === 'S3') s3 = await S3Server.start();
    fixture = await ContentFixture.start(undefined, s3?.env);
    renditions = fixture.get(MediaRenditions);
    maker = fixture.get(RenditionMaker);
  });

  afterAll(async () => {
    await fixture.stop();
    await s3?.stop();
  });

  beforeEach(async () => {
    workspaceId = await fixture.workspace();
    made += 1;
    asset = await upload(
      await noise(40 + made, 20)
        .png()
        .toBuffer(),
    );
  });

  afterEach(async () => {
    await fixture.work();
  });

  const upload = (bytes: Buffer): Promise<Asset> =>
    fixture.get(MediaService).upload(workspaceId, { stream: Readable.from([bytes]) });

  function orderOf(recipe: ImageRecipe, of = asset): RenditionOrder {
    const because = ['It is too large.'];
    return { assetId: of.id, sourceSha256: of.sha256, recipe, recipeHash: recipeHash(recipe), because };
  }

  const order = (orders: readonly RenditionOrder[]): Promise<void> =>
    fixture.run(workspaceId, () => renditions.order(orders));

  const all = (): Promise<Rendition[]> => fixture.run(workspaceId, () => renditions.ofSource(asset.sha256));

  async function only(): Promise<Rendition> {
    const [found, ...others] = await all();
    if (found === undefined || others.length > 0) throw new Error('not one rendition');
    return found;
  }

  const files = (): string[] => [
    ...readdirSync(path.join(fixture.dataDir, 'media'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name),
    ...(s3?.keys() ?? []).map((key) => path.basename(key)),
  ];

  it('is done once for five who ask for the same at once, and not again for a sixth', async () => {
    await Promise.all(Array.from({ length: 5 }, () => order([orderOf(small), orderOf(small)])));
    expect(await fixture.work()).toBe(1);
    await order([orderOf(small)]);
    expect(await fixture.work()).toBe(0);
    expect(await only()).toMatchObject({
      state: 'ready',
      claims: 1,
      mimeType: 'image/jpeg',
      width: 20,
      height: 10,
    });
    expect(await fixture.events(workspaceId, 'media.rendition-ready')).toHaveLength(1);
  });

  it('is done by one of two processes that begin at the same time', async () => {
    const other = await ContentFixture.start(fixture, s3?.env);
    try {
      await order([orderOf(small)]);
      const { id } = await only();
      await Promise.all([maker.make(workspaceId, id), other.get(RenditionMaker).make(workspaceId, id)]);
      expect(await only()).toMatchObject({ state: 'ready', claims: 1 });
      expect(await fixture.events(workspaceId, 'media.rendition-ready')).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });

  it('is taken up by another process once the first has gone silent, whose word no longer counts', async () => {
    await order([orderOf(small)]);
    const repository = fixture.get(RenditionsRepository);
    const { id } = await only();
    const token = newId();
    await fixture.run(workspaceId, () => repository.claim(id, token));
    expect(await fixture.work()).toBe(1);
    expect(await only()).toMatchObject({ state: 'running', claims: 1 });
    expect(await fixture.get(RenditionSweep).sweepOnce()).toBe(0);
    await fixture.advance(minutes(2));
    expect(await fixture.get(RenditionSweep).sweepOnce()).toBe(1);
    expect(await fixture.work()).toBe(1);
    expect(await only()).toMatchObject({ state: 'ready', claims: 2 });
    expect(await fixture.run(workspaceId, () => repository.fail(id, token, 'late'))).toBe(false);
    expect(await fixture.run(workspaceId, () => repository.progressed(id, token, 5))).toBe(false);
  });

  it('is found by the sweep when the queue has lost it', async () => {
    await order([orderOf(small)]);
    fixture.queue.wipe();
    expect(await fixture.work()).toBe(0);
    await fixture.advance(minutes(2));
    expect(await fixture.get(RenditionSweep).sweepOnce()).toBe(1);
    expect(await fixture.get(RenditionSweep).sweepOnce()).toBe(0);
    await fixture.work();
    expect(await only()).toMatchObject({ state: 'ready' });
  });

  it('is given up when every process dies that begins it', async () => {
    await order([orderOf(small)]);
    await fixture.rows('UPDATE renditions SET claims = 9 WHERE workspace_id = $1', [workspaceId]);
    await fixture.work();
    expect(await only()).toMatchObject({ state: 'failed', error: expect.stringContaining('died') });
  });

  it('is given back by a process that is stopped, and leaves nothing on its disk', async () => {
    const other = await ContentFixture.start(fixture, s3?.env);
    const begun = new Promise<void>((resolve) => {
      jest.spyOn(other.get(ImageMaker), 'make').mockImplementation(async (_source, _recipe, target) => {
        writeFileSync(target, 'half');
        resolve();
        await stopped;
        throw new Error('stopped');
      });
    });
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    await order([orderOf(small)]);
    const before = files();
    const { id } = await only();
    const work = other.get(RenditionMaker).make(workspaceId, id);
    await begun;
    other.get(RenditionMaker).onModuleDestroy();
    stop();
    await work;
    expect(await only()).toMatchObject({ state: 'waiting', claims: 1 });
    expect(files()).toEqual(before);
    await other.get(RenditionMaker).make(workspaceId, id);
    expect(await only()).toMatchObject({ state: 'waiting', claims: 1 });
    await other.stop();
    await maker.make(workspaceId, id);
    expect(await only()).toMatchObject({ state: 'ready' });
  });

  it('is tried again after a fault of the machine', async () => {
    const fault = jest.spyOn(fixture.get(ImageMaker), 'make').mockRejectedValueOnce(new Error('no space'));
    await order([orderOf(small)]);
    const { id } = await only();
    await expect(maker.make(workspaceId, id)).rejects.toThrow('no space');
    expect(await only()).toMatchObject({ state: 'waiting' });
    fault.mockRestore();
    await maker.make(workspaceId, id);
    expect(await only()).toMatchObject({ state: 'ready', claims: 2 });
  });

  it('says why it failed and whose posts it concerns, and is tried again when somebody asks later', async () => {
    const account = await fixture.account(workspaceId, 'short');
    const post = await fixture.create(workspaceId, {
      media: [{ id: asset.id, altText: null }],
      targets: [{ accountId: account }],
    });
    await order([orderOf(hopeless)]);
    await fixture.work();
    const reason = expect.stringContaining('cannot be written in 100 bytes');
    expect(await only()).toMatchObject({ state: 'failed', error: reason, sha256: null });
    const [event] = await fixture.events(workspaceId, 'media.rendition-failed');
    expect(event).toMatchObject({ reason, uses: [{ postId: post.id, assetId: asset.id }] });
    await order([orderOf(hopeless)]);
    expect(await fixture.work()).toBe(0);
    await fixture.advance(minutes(11));
    await order([orderOf(hopeless)]);
    expect(await fixture.work()).toBe(1);
    expect(await fixture.events(workspaceId, 'media.rendition-failed')).toHaveLength(2);
  });

  it('goes with the last file that has its bytes', async () => {
    const again = await upload(
      await noise(40 + made, 20)
        .png()
        .toBuffer(),
    );
    expect(again.sha256).toBe(asset.sha256);
    await order([orderOf(small)]);
    await fixture.work();
    const { sha256 } = await only();
    const remove = (id: string): Promise<void> =>
      fixture.run(workspaceId, () => fixture.get(MediaLibrary).delete(id));
    await remove(asset.id);
    expect(files()).toContain(sha256);
    await remove(again.id);
    expect(files()).not.toContain(sha256);
    expect(await all()).toEqual([]);
    expect(await fixture.rows('SELECT FROM blobs WHERE sha256 = $1', [sha256])).toEqual([]);
  });

  it('does nothing for a file that is gone, also when it goes while it is made', async () => {
    await order([orderOf(small)]);
    const { id } = await only();
    const before = files();
    const make = ImageMaker.prototype.make;
    jest.spyOn(fixture.get(ImageMaker), 'make').mockImplementationOnce(async (...work) => {
      await make.apply(fixture.get(ImageMaker), work);
      await fixture.run(workspaceId, () => fixture.get(MediaLibrary).delete(asset.id));
    });
    await maker.make(workspaceId, id);
    await order([orderOf(small)]);
    expect(await all()).toEqual([]);
    expect(files().filter((name) => !before.includes(name))).toEqual([]);
  });

  it('is another workspace’s own', async () => {
    await order([orderOf(small)]);
    const other = await fixture.workspace();
    expect(await fixture.run(other, () => renditions.ofSource(asset.sha256))).toEqual([]);
    await fixture.run(other, () => renditions.order([orderOf(small)]));
    expect(await fixture.run(other, () => renditions.ofSource(asset.sha256))).toEqual([]);
  });

  it('needs ffmpeg for video and says so; images do without', async () => {
    const staging = fixture.get(StagingArea);
    const recipe: VideoRecipe = {
      make: 'video',
      source: 'video',
      mimeType: 'video/mp4',
      picture: null,
      sound: 'none',
      maxBytes: 1000,
      repeat: 1,
    };
    const work = {
      source: 'any',
      sourceType: 'video/mp4',
      target: 'any',
      durationMs: 1000,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    };
    const videos = new VideoMaker(new NoTools(), staging);
    await expect(videos.make(work, recipe)).rejects.toThrow(
      new RenditionImpossibleError('ffmpeg is not there.'),
    );
    await order([orderOf(small)]);
    await fixture.work();
    expect(await only()).toMatchObject({ state: 'ready' });
  });
});
