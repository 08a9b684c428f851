import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import {
  type Asset,
  MediaRenditions,
  MediaService,
  type Rendition,
  type RenditionOrder,
} from '../../../src/modules/media/index.js';
import { MediaProbe } from '../../../src/modules/media/probe/media.probe.js';
import { MediaStorage } from '../../../src/modules/media/storage/media.storage.js';
import { StagingArea } from '../../../src/modules/media/storage/staging.area.js';
import {
  brokenRules,
  type MediaFacts,
  type MediaFit,
  type MediaLimit,
  type MediaPlan,
  planMedia,
  recipeHash,
} from '../../../src/platforms/core/index.js';
import { blueskyDescriptor } from '../../../src/platforms/bluesky/bluesky.descriptor.js';
import { emailDescriptor } from '../../../src/platforms/email/email.descriptor.js';
import { mastodonDescriptor } from '../../../src/platforms/mastodon/mastodon.descriptor.js';
import { telegramDescriptor } from '../../../src/platforms/telegram/telegram.descriptor.js';
import {
  type GeneratedMedium,
  generatedAnimations,
  generatedImages,
  generatedVideos,
} from '../../support/media/generated-media.js';
import { S3Server } from '../../support/s3-server.js';
import { describeWith } from '../../support/requirements.js';
import { ContentFixture } from '../content/content.fixture.js';

/** A platform that lives on pictures and is hard to please. */
const picky: readonly MediaLimit[] = [
  {
    kind: 'image',
    maxItems: 10,
    mimeTypes: ['image/jpeg'],
    maxBytes: 300_000,
    maxAltText: 1000,
    ratio: { min: 0.8, max: 1.91 },
    maxWidth: 1440,
  },
  {
    kind: 'video',
    maxItems: 1,
    mimeTypes: ['video/mp4'],
    maxBytes: 400_000,
    maxAltText: 0,
    minDurationMs: 1_000,
    maxDurationMs: 900_000,
    maxWidth: 144,
    ratio: { min: 0.5, max: 2 },
    minFrameRate: 23,
    maxFrameRate: 60,
    videoCodecs: ['h264'],
    audioCodecs: ['aac'],
    pixelFormats: ['yuv420p'],
    fastStart: true,
  },
];

type Demand = readonly [name: string, limits: readonly MediaLimit[], fit: MediaFit | null];

const demands: readonly Demand[] = [
  ...[blueskyDescriptor, emailDescriptor, mastodonDescriptor, telegramDescriptor].map(
    ({ key, capabilities }) => [key, capabilities.media.limits, null] as const,
  ),
  ['a picky one', picky, null],
  ['a picky one', picky, 'crop'],
  ['a picky one', picky, 'pad'],
];

/** Of both storages: a file is generated once, and the same bytes are probed once. */
const generated = new Map<GeneratedMedium, Promise<Buffer>>();
const probed = new Map<string, Promise<MediaFacts>>();

function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

interface Outcome {
  readonly plan: MediaPlan;
  readonly made: Rendition | null;
}

describe.each(['disk', 'S3'])('renditions on %s', (where) => {
  let fixture: ContentFixture;
  let s3: S3Server | undefined;
  let workspaceId: string;

  beforeAll(async () => {
    if (where === 'S3') s3 = await S3Server.start();
    fixture = await ContentFixture.start(undefined, s3?.env ?? {});
    workspaceId = await fixture.workspace();
  });

  afterAll(async () => {
    await fixture.stop();
    await s3?.stop();
  });

  const upload = (bytes: Buffer): Promise<Asset> =>
    fixture.get(MediaService).upload(workspaceId, { stream: Readable.from([bytes]) });

  /** Plans for the limits and makes what the plan asks for. */
  async function fit(asset: Asset, limits: readonly MediaLimit[], choice: MediaFit | null): Promise<Outcome> {
    const plan = planMedia({ facts: asset, limits, fit: choice });
    if (plan.as !== 'rendition') return { plan, made: null };
    const order: RenditionOrder = {
      assetId: asset.id,
      sourceSha256: asset.sha256,
      recipe: plan.recipe,
      recipeHash: recipeHash(plan.recipe),
      because: plan.because,
    };
    const renditions = fixture.get(MediaRenditions);
    await fixture.run(workspaceId, () => renditions.order([order]));
    await fixture.work();
    const [made] = await fixture.run(workspaceId, () => renditions.findAll([order]));
    return { plan, made: made ?? null };
  }

  /** As they lie in the storage, which must be as they were made. */
  async function bytesOf({ sha256 }: Rendition): Promise<Buffer> {
    const storage: MediaStorage = fixture.app.get(MediaStorage);
    const bytes = await storage.read(sha256 ?? '');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    if (s3 !== undefined) expect(s3.keys().map((key) => path.basename(key))).toContain(sha256);
    return bytes;
  }

  function probe(bytes: Buffer): Promise<MediaFacts> {
    return fixture.get(StagingArea).use(async (file) => {
      writeFileSync(file, bytes);
      return { ...(await fixture.get(MediaProbe).probe(file, { preview: false })), bytes: bytes.length };
    });
  }

  async function factsOf(made: Rendition): Promise<MediaFacts> {
    const bytes = await bytesOf(made);
    return once(probed, made.sha256 ?? '', () => probe(bytes));
  }

  /** Whatever the planner says of a file is what comes out, on every platform and with every choice. */
  async function check(medium: GeneratedMedium): Promise<void> {
    const asset = await upload(await once(generated, medium, () => medium.make()));
    for (const [name, limits, choice] of demands) {
      const { plan, made } = await fit(asset, limits, choice);
      const about = `${medium.name} on ${name}, ${choice ?? 'no choice'}`;
      if (plan.as === 'impossible') expect([about, plan.broken[0]?.remedy]).not.toEqual([about, undefined]);
      if (plan.as !== 'rendition') continue;
      expect([about, made?.state, made?.error]).toEqual([about, 'ready', null]);
      if (made === null) throw new Error('nothing was made');
      const facts = await factsOf(made);
      const limit = limits.find(({ kind }) => kind === plan.planned.kind);
      if (limit === undefined) throw new Error(`${about}: no limit`);
      expect([about, brokenRules({ ...facts, kind: limit.kind }, limit)]).toEqual([about, []]);
      expect([about, facts.details.metadata]).toEqual([about, false]);
      const { mimeType, width, height } = facts;
      expect(made).toMatchObject({ mimeType, width, height, bytes: facts.bytes, progress: 100 });
    }
  }

  it.each(generatedImages)('of $name come out as each platform takes them', check, 120_000);

  describeWith('ffmpeg', 'made by ffmpeg', () => {
    it.each(generatedAnimations)('of $name come out as each platform takes them', check, 120_000);
    it.each(generatedVideos)('of $name come out as each platform takes them', check, 240_000);
  });

  it('leave every pixel of an image as it was whose metadata are cut out', async () => {
    for (const medium of generatedImages.filter(
      ({ name }) => name.endsWith('place') || name.endsWith('taken'),
    )) {
      const bytes = await medium.make();
      expect((await sharp(bytes).metadata()).exif).toBeDefined();
      const { plan, made } = await fit(
        await upload(bytes),
        mastodonDescriptor.capabilities.media.limits,
        null,
      );
      expect(plan).toMatchObject({ recipe: { make: 'clean' } });
      if (made === null) throw new Error('nothing was made');
      const clean = await bytesOf(made);
      expect((await sharp(clean).metadata()).exif).toBeUndefined();
      const pixels = await sharp(bytes).raw().toBuffer();
      expect(pixels.equals(await sharp(clean).raw().toBuffer())).toBe(true);
      expect(clean.includes('GPS')).toBe(false);
    }
  });
});
