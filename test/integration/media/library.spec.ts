import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { newId } from '../../../src/common/ids/index.js';
import { EventRecorder } from '../../../src/common/events/index.js';
import { PostsService } from '../../../src/modules/content/index.js';
import {
  ArchiveMover,
  type Asset,
  MediaCollector,
  MediaLibrary,
  MediaQuota,
  MediaReader,
  MediaService,
  MediaUses,
} from '../../../src/modules/media/index.js';
import { BlobsRepository } from '../../../src/modules/media/blobs.repository.js';
import { PlanSettled } from '../../../src/modules/publishing/events/index.js';
import { ContentFixture, minutes } from '../content/content.fixture.js';
import { S3Server } from '../../support/s3-server.js';

const day = minutes(24 * 60);

describe.each(['disk', 'S3'])('the library on %s', (where) => {
  let fixture: ContentFixture;
  let s3: S3Server | undefined;
  let library: MediaLibrary;
  let workspaceId: string;
  let made = 0;

  beforeAll(async () => {
    if (where === 'S3') s3 = await S3Server.start();
    fixture = await ContentFixture.start(undefined, {
      FANFARE_MEDIA_QUOTA_MB: '1',
      FANFARE_MEDIA_ARCHIVE_PREFIX: 'archive/',
      ...s3?.env,
    });
    library = fixture.get(MediaLibrary);
  });

  afterAll(async () => {
    await fixture.stop();
    await s3?.stop();
  });

  beforeEach(async () => {
    workspaceId = await fixture.workspace();
  });

  const upload = (bytes: Buffer, more: { fileName?: string; altText?: string; workspaceId?: string } = {}) =>
    fixture
      .get(MediaService)
      .upload(more.workspaceId ?? workspaceId, { stream: Readable.from([bytes]), ...more });

  /** Different bytes each time. */
  async function picture(width = 20 + (made += 1)): Promise<Buffer> {
    return sharp({ create: { width, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
  }

  const hashes = (): string[] =>
    s3 === undefined
      ? readdirSync(path.join(fixture.dataDir, 'media'), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => entry.name)
      : s3.keys().map((key) => path.basename(key));

  const move = () => fixture.get(ArchiveMover).moveOnce();
  const bytesOf = (asset: Asset): Promise<Buffer> => fixture.get(MediaReader).read(workspaceId, asset.id);

  /** Whether the bytes lie in the archive, and nowhere else. */
  function rests({ sha256 }: Asset): boolean {
    const places =
      s3?.keys() ?? readdirSync(path.join(fixture.dataDir, 'media'), { recursive: true, encoding: 'utf8' });
    const found = places.filter((place) => path.basename(place) === sha256);
    expect(found).toHaveLength(1);
    return found[0]?.startsWith('archive/') === true;
  }

  const remove = (assetId: string, of = workspaceId): Promise<void> =>
    fixture.run(of, () => library.delete(assetId));
  const usage = (assetId: string) => fixture.run(workspaceId, () => library.usage(assetId));
  const read = (assetId: string): Promise<Asset> => fixture.run(workspaceId, () => library.get(assetId));
  const collect = () => fixture.get(MediaCollector).collectOnce();

  it('lists the newest first, page by page, and finds by kind, name and text', async () => {
    const cat = await upload(await picture(), { fileName: 'cat_100%.png', altText: 'A sleeping animal' });
    const dog = await upload(await picture(), { fileName: 'dog.png' });
    const bird = await upload(await picture(), { fileName: 'bird.png' });
    const ids = async (filter: Parameters<MediaLibrary['list']>[0]): Promise<string[]> =>
      (await fixture.run(workspaceId, () => library.list(filter))).items.map((asset) => asset.id);
    const first = await fixture.run(workspaceId, () => library.list({ limit: 2 }));
    expect(first).toMatchObject({ items: [{ id: bird.id }, { id: dog.id }], nextCursor: dog.id });
    expect(await ids({ limit: 2, cursor: dog.id })).toEqual([cat.id]);
    expect(await ids({ search: 'SLEEP' })).toEqual([cat.id]);
    expect(await ids({ search: '0%' })).toEqual([cat.id]);
    expect(await ids({ search: '_' })).toEqual([cat.id]);
    expect(await ids({ kind: 'video' })).toEqual([]);
    expect(await fixture.run(await fixture.workspace(), () => library.list({}))).toEqual({
      items: [],
      nextCursor: null,
    });
  });

  it('frees the bytes with the last file that has them, over workspaces', async () => {
    const bytes = await picture();
    const other = await fixture.workspace();
    const mine = await upload(bytes);
    const again = await upload(bytes);
    const theirs = await upload(bytes, { workspaceId: other });
    await remove(mine.id);
    await remove(theirs.id, other);
    expect(hashes()).toContain(mine.sha256);
    await remove(again.id);
    expect(hashes()).not.toContain(mine.sha256);
    expect(await fixture.rows('SELECT FROM blobs WHERE sha256 = $1', [mine.sha256])).toEqual([]);
    await expect(read(mine.id)).rejects.toMatchObject({ code: 'media_not_found' });
    await expect(remove(mine.id)).rejects.toMatchObject({ code: 'media_not_found' });
  });

  it('keeps the bytes when one deletes them while another uploads them', async () => {
    const bytes = await picture();
    for (let round = 0; round < 10; round += 1) {
      const first = await upload(bytes);
      const [, second] = await Promise.all([remove(first.id), upload(bytes)]);
      expect(await fixture.get(MediaReader).read(workspaceId, second.id)).toEqual(bytes);
      await remove(second.id);
    }
    expect(hashes()).not.toContain(undefined);
  });

  it('does not find, delete or show the use of what is another workspace’s', async () => {
    const { id } = await upload(await picture());
    const other = await fixture.workspace();
    await expect(remove(id, other)).rejects.toMatchObject({ code: 'media_not_found' });
    await expect(fixture.run(other, () => library.usage(id))).rejects.toMatchObject({
      code: 'media_not_found',
    });
  });

  describe('a file in use', () => {
    let account: string;
    let asset: Asset;

    beforeEach(async () => {
      account = await fixture.account(workspaceId, 'short');
      asset = await upload(await picture());
    });

    const post = (media: readonly Asset[]) =>
      fixture.create(workspaceId, {
        media: media.map(({ id }) => ({ id, altText: null })),
        targets: [{ accountId: account }],
      });

    it('cannot be deleted before the post lets it go', async () => {
      const { id } = await post([asset]);
      expect(await usage(asset.id)).toMatchObject([{ postId: id, planId: null, endedAt: null }]);
      await expect(remove(asset.id)).rejects.toMatchObject({ code: 'media_in_use' });
      const other = await upload(await picture());
      const change = { media: [{ id: other.id, altText: null }] };
      await fixture.run(workspaceId, () => fixture.get(PostsService).update(id, change, null));
      await expect(remove(other.id)).rejects.toMatchObject({ code: 'media_in_use' });
      expect(await usage(asset.id)).toMatchObject([{ postId: id, endedAt: expect.any(Date) }]);
      await remove(asset.id);
      await fixture.run(workspaceId, () => fixture.get(PostsService).delete(id));
      await remove(other.id);
    });

    it('is counted wherever it is named: in a target’s own media and in a thread', async () => {
      const second = await upload(await picture());
      await fixture.create(workspaceId, {
        thread: [{ text: 'more', media: [{ id: second.id, altText: null }] }],
        targets: [{ accountId: account, media: [{ id: asset.id, altText: null }] }],
      });
      for (const { id } of [asset, second]) {
        await expect(remove(id)).rejects.toMatchObject({ code: 'media_in_use' });
      }
    });

    it('is either named or deleted when both happen at once', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { id } = await upload(await picture());
        const [named, deleted] = await Promise.allSettled([
          fixture.create(workspaceId, { media: [{ id, altText: null }], targets: [{ accountId: account }] }),
          remove(id),
        ]);
        expect([named.status, deleted.status].toSorted()).toEqual(['fulfilled', 'rejected']);
      }
    });

    it('rests in the archive once it is published, may be deleted then, and is brought back by a new post', async () => {
      const { id } = await post([asset]);
      const planId = newId();
      await fixture.run(workspaceId, () => fixture.get(MediaUses).hold(id, planId, [asset.id]));
      await expect(remove(asset.id)).rejects.toMatchObject({ code: 'media_in_use' });
      await settle(id, planId, 'complete');
      expect(await read(asset.id)).toMatchObject({ archivedAt: expect.any(Date) });
      const { items } = await fixture.run(workspaceId, () => library.list({ archived: true }));
      expect(items).toMatchObject([{ id: asset.id }]);
      const again = await post([asset]);
      expect(await read(asset.id)).toMatchObject({ archivedAt: null });
      await fixture.run(workspaceId, () => fixture.get(PostsService).delete(again.id));
      await remove(asset.id);
    });

    it('has its bytes moved to the archive, and back once anybody uses them again', async () => {
      const { id } = await post([asset]);
      await settle(id, newId(), 'complete');
      const other = await fixture.workspace();
      const twin = await upload(await bytesOf(asset), { workspaceId: other });
      expect(await move()).toEqual({ archived: 0, restored: 0 });
      expect(rests(asset)).toBe(false);
      await remove(twin.id, other);

      expect(await move()).toEqual({ archived: 1, restored: 0 });
      expect(rests(asset)).toBe(true);
      const bytes = await bytesOf(asset);
      const again = await upload(bytes);
      expect(await move()).toEqual({ archived: 0, restored: 1 });
      expect(rests(asset)).toBe(false);
      await remove(again.id);
      expect(await move()).toEqual({ archived: 1, restored: 0 });

      await post([asset]);
      expect(await bytesOf(asset)).toEqual(bytes);
      expect(await move()).toEqual({ archived: 0, restored: 1 });
      expect(rests(asset)).toBe(false);
      expect(await bytesOf(asset)).toEqual(bytes);
    });

    it('is freed in the archive too', async () => {
      const { id } = await post([asset]);
      await settle(id, newId(), 'complete');
      expect(await move()).toEqual({ archived: 1, restored: 0 });
      await remove(asset.id);
      expect(hashes()).not.toContain(asset.sha256);
    });

    it('stays where it is while another post waits to send it, or nothing was published', async () => {
      const first = await post([asset]);
      const second = await post([asset]);
      await settle(first.id, newId(), 'partial');
      expect(await read(asset.id)).toMatchObject({ archivedAt: null });
      await settle(second.id, newId(), 'none');
      expect(await read(asset.id)).toMatchObject({ archivedAt: null });
      await settle(second.id, newId(), 'complete');
      expect(await read(asset.id)).toMatchObject({ archivedAt: expect.any(Date) });
    });

    it('is kept by a plan that may be tried again', async () => {
      const { id } = await post([asset]);
      const planId = newId();
      await fixture.run(workspaceId, () => fixture.get(MediaUses).hold(id, planId, [asset.id]));
      await settle(id, planId, 'partial');
      await expect(remove(asset.id)).rejects.toMatchObject({ code: 'media_in_use' });
      await settle(id, planId, 'complete');
      await remove(asset.id);
    });

    async function settle(postId: string, planId: string, outcome: string): Promise<void> {
      const status = outcome === 'none' ? 'failed' : 'published';
      const data = { postId, planId, status, outcome, partiallyFailed: outcome === 'partial', revision: 1 };
      await fixture.run(workspaceId, () => {
        fixture.get(EventRecorder).record(new PlanSettled(workspaceId, data));
        return Promise.resolve();
      });
      await fixture.deliver();
    }
  });

  describe('the collector', () => {
    it('deletes what no post has named for the retention time, and nothing else', async () => {
      const account = await fixture.account(workspaceId, 'short');
      const [used, dropped, unused] = [
        await upload(await picture()),
        await upload(await picture()),
        await upload(await picture()),
      ];
      const target = { targets: [{ accountId: account }] };
      await fixture.create(workspaceId, { media: [{ id: used.id, altText: null }], ...target });
      const post = await fixture.create(workspaceId, {
        media: [{ id: dropped.id, altText: null }],
        ...target,
      });
      expect((await collect()).assets).toBe(0);
      await fixture.advance(20 * day);
      await fixture.run(workspaceId, () => fixture.get(PostsService).delete(post.id));
      const late = await upload(await picture());
      await fixture.advance(11 * day);
      await collect();
      await expect(read(unused.id)).rejects.toMatchObject({ code: 'media_not_found' });
      expect(hashes()).not.toContain(unused.sha256);
      for (const { id, sha256 } of [used, dropped, late]) {
        expect((await read(id)).id).toBe(id);
        expect(hashes()).toContain(sha256);
      }
      await fixture.advance(20 * day);
      await collect();
      await expect(read(dropped.id)).rejects.toMatchObject({ code: 'media_not_found' });
      expect((await read(used.id)).id).toBe(used.id);
    });

    it('frees bytes that a killed process was writing, once nobody believes it any more', async () => {
      const { sha256, id } = await upload(await picture());
      await fixture.run(workspaceId, () => fixture.get(BlobsRepository).reserve(sha256, 1));
      await remove(id);
      expect(hashes()).toContain(sha256);
      await fixture.advance(minutes(7 * 60));
      expect((await collect()).blobs).toBe(1);
      expect(hashes()).not.toContain(sha256);
    });
  });

  describe('the quota', () => {
    /** Noise does not get smaller. */
    const noise = (bytes: number): Promise<Buffer> => {
      const side = Math.floor(Math.sqrt(bytes / 3));
      return sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
        .png()
        .toBuffer();
    };

    it('counts the same bytes once and refuses what is over it, leaving nothing behind', async () => {
      const first = await noise(500_000);
      await upload(first);
      await upload(first);
      expect(await fixture.get(MediaQuota).usage(workspaceId)).toEqual({
        bytes: first.length,
        files: 2,
        quotaBytes: 1024 * 1024,
        quotaOf: 'installation',
      });
      const before = hashes();
      const both = await Promise.allSettled(
        [noise(400_000), noise(400_000)].map(async (one) => upload(await one)),
      );
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(both.find((one) => one.status === 'rejected')).toMatchObject({
        reason: {
          code: 'media_quota_exceeded',
          details: { limit: 1024 * 1024, remedy: expect.stringContaining('fanfare media quota') },
        },
      });
      // The file and its preview.
      expect(hashes()).toHaveLength(before.length + 2);
      const other = await fixture.workspace();
      await upload(await noise(400_000), { workspaceId: other });
    });

    it('is a workspace’s own where it was given one, larger, smaller or none, until it is taken back', async () => {
      const quota = fixture.get(MediaQuota);
      const other = await fixture.workspace();
      const [large, small] = [await noise(1_200_000), await noise(20_000)];
      const refused = { code: 'media_quota_exceeded' };
      await expect(upload(large)).rejects.toMatchObject(refused);
      await quota.set(workspaceId, 2 * 1024 * 1024);
      await upload(large);
      await expect(upload(large, { workspaceId: other })).rejects.toMatchObject(refused);
      await quota.set(workspaceId, 1000);
      expect(await quota.usage(workspaceId)).toEqual({
        bytes: large.length,
        files: 1,
        quotaBytes: 1000,
        quotaOf: 'workspace',
      });
      await expect(upload(small)).rejects.toMatchObject({
        ...refused,
        details: { limit: 1000, used: large.length, wanted: 1 },
      });
      await quota.set(workspaceId, null);
      await upload(small);
      await quota.set(workspaceId, 'installation');
      expect(await quota.usage(workspaceId)).toMatchObject({ files: 2, quotaOf: 'installation' });
      await expect(upload(small)).rejects.toMatchObject(refused);
    });
  });
});
