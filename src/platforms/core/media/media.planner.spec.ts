import fc from 'fast-check';
import type { MediaLimit } from '../capabilities.js';
import { mediaFits } from './canvas.js';
import type { MediaDetails, MediaFacts } from './media-facts.js';
import type { MediaPlan } from './media-plan.js';
import { planMedia } from './media.planner.js';
import { brokenRules } from './media-rules.js';
import { describeRecipe, recipeHash } from './recipe.js';

const images: MediaLimit = {
  kind: 'image',
  maxItems: 4,
  mimeTypes: ['image/jpeg', 'image/png'],
  maxBytes: 1_000_000,
  maxAltText: 100,
};
const videos: MediaLimit = {
  kind: 'video',
  maxItems: 1,
  mimeTypes: ['video/mp4', 'video/quicktime'],
  maxBytes: 100_000_000,
  maxAltText: 0,
  maxDurationMs: 600_000,
  minDurationMs: 3_000,
  maxWidth: 1920,
  minFrameRate: 23,
  maxFrameRate: 60,
  maxBitRate: 25_000_000,
  videoCodecs: ['h264', 'hevc'],
  audioCodecs: ['aac'],
  pixelFormats: ['yuv420p'],
  fastStart: true,
};
const phoneVideo: MediaDetails = {
  videoCodec: 'h264',
  audioCodec: 'aac',
  frameRate: 30,
  bitRate: 8_000_000,
  pixelFormat: 'yuv420p',
  fastStart: true,
  metadata: false,
};

function picture(more: Partial<MediaFacts> = {}, details: MediaDetails = {}): MediaFacts {
  return {
    kind: 'image',
    mimeType: 'image/jpeg',
    bytes: 500_000,
    width: 1200,
    height: 900,
    durationMs: null,
    ...more,
    details: { animated: false, hasAlpha: false, metadata: false, ...details },
  };
}

function film(more: Partial<MediaFacts> = {}, details: MediaDetails = {}): MediaFacts {
  return {
    kind: 'video',
    mimeType: 'video/mp4',
    bytes: 10_000_000,
    width: 1280,
    height: 720,
    durationMs: 10_000,
    ...more,
    details: { ...phoneVideo, ...details },
  };
}

const plan = (
  facts: MediaFacts,
  limits: readonly MediaLimit[],
  fit: 'crop' | 'pad' | null = null,
): MediaPlan => planMedia({ facts, limits, fit });

function rulesOf(made: MediaPlan): string[] {
  return made.as === 'impossible' ? made.broken.map(({ rule }) => rule) : [made.as];
}

describe('the plan for an image', () => {
  it('leaves alone what fits', () => {
    expect(plan(picture(), [images])).toEqual({ as: 'original' });
  });

  it('leaves to preflight what no limit speaks of', () => {
    expect(plan(picture(), [videos])).toEqual({ as: 'original' });
  });

  it('cuts out metadata and leaves the pixels, unless they have to be turned', () => {
    expect(plan(picture({}, { metadata: true }), [images])).toMatchObject({
      as: 'rendition',
      recipe: { make: 'clean', mimeType: 'image/jpeg' },
      planned: { width: 1200, height: 900, bytes: 500_000 },
      because: [expect.stringContaining('metadata')],
    });
    expect(plan(picture({}, { metadata: true, rotation: 90 }), [images])).toMatchObject({
      recipe: { make: 'image', types: ['image/jpeg', 'image/png'] },
    });
  });

  it('looks for metadata in what was read before anybody looked', () => {
    const { metadata: _unknown, ...details } = picture().details;
    expect(plan({ ...picture(), details }, [images])).toMatchObject({ recipe: { make: 'clean' } });
  });

  it.each([
    ['image/webp', false, ['image/jpeg', 'image/png']],
    ['image/avif', true, ['image/png', 'image/jpeg']],
    ['image/png', false, ['image/png', 'image/jpeg']],
  ] as const)('writes %s with transparency %s as %j', (mimeType, hasAlpha, types) => {
    const made = plan(picture({ mimeType, bytes: 2_000_000 }, { hasAlpha }), [images]);
    expect(made).toMatchObject({ recipe: { make: 'image', types, maxBytes: 1_000_000 } });
  });

  it('scales into the most pixels, sides and sums', () => {
    const limit = { ...images, maxWidth: 1080, maxPixels: 500_000 };
    const made = plan(picture({ width: 4000, height: 3000 }), [limit]);
    expect(made).toMatchObject({
      planned: { width: 816, height: 612 },
      recipe: { canvas: { fit: 'scale' } },
    });
  });

  it('does not change the shape unless somebody chose how', () => {
    const limit = { ...images, ratio: { min: 0.8, max: 1.91 } };
    const panorama = picture({ width: 3000, height: 1000 });
    const refused = plan(panorama, [limit]);
    expect(refused).toMatchObject({
      as: 'impossible',
      broken: [
        {
          rule: 'media_ratio',
          actual: 3,
          limit: ['0.8', '1.91'],
          remedy: expect.stringContaining('`fit`'),
        },
      ],
    });
    expect(plan(panorama, [limit], 'crop')).toMatchObject({ planned: { width: 1910, height: 1000 } });
    expect(plan(panorama, [limit], 'pad')).toMatchObject({ planned: { width: 2998, height: 1570 } });
    expect(plan(picture({ width: 1200, height: 628 }), [limit])).toEqual({ as: 'original' });
  });

  it('refuses what is too small: pixels cannot be invented', () => {
    expect(rulesOf(plan(picture({ width: 200, height: 200 }), [{ ...images, minWidth: 320 }]))).toEqual([
      'media_too_narrow',
    ]);
    const narrow = { ...images, minWidth: 320, maxHeight: 1000 };
    expect(rulesOf(plan(picture({ width: 330, height: 4000 }), [narrow]))).toEqual(['media_too_narrow']);
  });

  it('says why it cannot convert what could not be decoded', () => {
    const heic = picture({ mimeType: 'image/heic' }, { unread: 'HEVC cannot be decoded here.' });
    expect(plan(heic, [images])).toMatchObject({
      as: 'impossible',
      broken: [{ rule: 'media_cannot_be_converted', message: expect.stringContaining('HEVC') }],
    });
    const takesHeic = { ...images, mimeTypes: ['image/heic'] };
    expect(plan(heic, [takesHeic])).toEqual({ as: 'original' });
    expect(rulesOf(plan({ ...heic, details: { ...heic.details, metadata: true } }, [takesHeic]))).toEqual([
      'media_cannot_be_converted',
    ]);
  });

  it('keeps within every limit, whatever file, limits and choice', () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    const bound = fc.option(fc.integer({ min: 40, max: 5_000 }), { nil: undefined });
    const input = fc.record({
      width: side,
      height: side,
      bytes: fc.integer({ min: 1, max: 50_000_000 }),
      fit: fc.constantFrom(null, ...mediaFits),
      maxWidth: bound,
      maxHeight: bound,
      maxSideSum: bound,
      maxPixels: fc.option(fc.integer({ min: 400, max: 10_000_000 }), { nil: undefined }),
      least: fc.double({ min: 0.05, max: 1, noNaN: true }),
      most: fc.double({ min: 1, max: 20, noNaN: true }),
    });
    fc.assert(
      fc.property(input, ({ width, height, bytes, fit, least, most, ...bounds }) => {
        const given = Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
        const limit: MediaLimit = { ...images, ...given, ratio: { min: least, max: most } };
        const made = plan(picture({ width, height, bytes }), [limit], fit);
        if (made.as === 'original') expect(brokenRules(picture({ width, height, bytes }), limit)).toEqual([]);
        if (made.as === 'impossible') expect(made.broken.length).toBeGreaterThan(0);
        if (made.as !== 'rendition') return;
        expect(brokenRules(made.planned, limit)).toEqual([]);
        if (fit !== 'pad') {
          expect(made.planned.width).toBeLessThanOrEqual(width);
          expect(made.planned.height).toBeLessThanOrEqual(height);
        }
      }),
    );
  });
});

describe('the plan for a video', () => {
  it('leaves alone what fits, also when a matrix turns it', () => {
    expect(plan(film(), [videos])).toEqual({ as: 'original' });
    expect(plan(film({ width: 720, height: 1280 }, { rotation: 90 }), [videos])).toEqual({ as: 'original' });
  });

  it('cuts out metadata without encoding anew', () => {
    expect(plan(film({ mimeType: 'video/quicktime' }, { metadata: true }), [videos])).toMatchObject({
      recipe: { make: 'clean', mimeType: 'video/quicktime' },
    });
  });

  it.each([
    ['the index at the end', film({}, { fastStart: false }), { picture: null, sound: 'copy' }],
    ['sound of another kind', film({}, { audioCodec: 'pcm_s16le' }), { picture: null, sound: 'aac' }],
    [
      'another container',
      film({ mimeType: 'video/x-msvideo' }, { videoCodec: 'mpeg4', audioCodec: 'mp3' }),
      { picture: { frameRate: null }, sound: 'aac' },
    ],
    ['too many frames', film({}, { frameRate: 120 }), { picture: { frameRate: 60 } }],
    ['too few frames', film({}, { frameRate: 12 }), { picture: { frameRate: 30 } }],
    [
      'other colours',
      film({}, { pixelFormat: 'yuv422p' }),
      { picture: { canvas: { width: 1280, height: 720 } } },
    ],
    [
      'too many pixels',
      film({ width: 3840, height: 2160 }),
      { picture: { canvas: { width: 1920, height: 1080 } } },
    ],
    [
      'odd sides',
      film({ width: 1281, height: 721 }, { videoCodec: 'vp9' }),
      { picture: { canvas: { width: 1280, height: 720 } } },
    ],
  ])('mends %s', (_what, facts, recipe) => {
    expect(plan(facts, [videos])).toMatchObject({
      as: 'rendition',
      recipe: { make: 'video', source: 'video', mimeType: 'video/mp4', ...recipe },
    });
  });

  it.each([
    ['too long', film({ durationMs: 700_000 }), 'media_too_long'],
    ['too short', film({ durationMs: 1_000 }), 'media_too_short'],
  ])('refuses one that is %s', (_what, facts, rule) => {
    expect(rulesOf(plan(facts, [videos]))).toEqual([rule]);
  });

  it('gives a long video fewer bits and pixels, and refuses what would be but a blur', () => {
    const small = { ...videos, maxBytes: 8_000_000 };
    const made = plan(film({ bytes: 90_000_000, durationMs: 120_000 }), [small]);
    expect(made).toMatchObject({
      recipe: { maxBytes: 8_000_000, sound: 'copy', picture: { canvas: { fit: 'scale' } } },
    });
    if (made.as !== 'rendition' || made.recipe.make !== 'video') throw new Error('no video');
    const bits = made.recipe.picture?.maxBitRate ?? 0;
    expect(((bits + 128_000) * 120) / 8).toBeLessThan(8_000_000);
    expect(made.planned.width).toBeLessThan(1280);
    expect(
      rulesOf(plan(film({ bytes: 90_000_000, durationMs: 600_000 }), [{ ...small, maxBytes: 2_000_000 }])),
    ).toEqual(['media_too_large']);
  });

  it('says that it cannot convert where nothing can read it', () => {
    const facts = film({ mimeType: 'video/x-msvideo', width: null, height: null, durationMs: null });
    const unread = { ...facts, details: { unread: 'ffprobe is not there.' } };
    expect(plan(unread, [videos])).toMatchObject({
      broken: [
        { rule: 'media_cannot_be_converted', message: expect.stringContaining('ffprobe is not there') },
      ],
    });
    expect(plan({ ...unread, mimeType: 'video/mp4' }, [videos])).toEqual({ as: 'original' });
  });
});

describe('the plan for what moves', () => {
  const gif = (more: Partial<MediaFacts> = {}): MediaFacts =>
    picture(
      { kind: 'gif', mimeType: 'image/gif', width: 301, height: 201, durationMs: 1_000, ...more },
      { animated: true, frames: 10 },
    );
  const gifs: MediaLimit = { ...images, kind: 'gif', mimeTypes: ['image/gif'] };

  it('leaves a GIF to whoever takes it', () => {
    expect(plan(gif(), [images, gifs, videos])).toEqual({ as: 'original' });
  });

  it('makes a video of it where only that is taken, as often as it takes', () => {
    expect(plan(gif(), [images, videos])).toMatchObject({
      planned: { kind: 'video', mimeType: 'video/mp4', width: 300, height: 200, durationMs: 3_000 },
      recipe: { source: 'animation', repeat: 3, sound: 'none', picture: { frameRate: 30 } },
    });
  });

  it('keeps it an animation where those are videos', () => {
    const silent = { ...gifs, mimeTypes: ['video/mp4'] };
    expect(plan(gif(), [images, silent])).toMatchObject({ planned: { kind: 'gif', mimeType: 'video/mp4' } });
  });

  it('refuses to send the first frame instead', () => {
    expect(rulesOf(plan(gif(), [images]))).toEqual(['media_animated']);
  });

  it('takes a GIF that stands still for an image', () => {
    const still = { ...gif(), details: { animated: false, hasAlpha: true, metadata: false } };
    expect(plan(still, [images])).toMatchObject({ planned: { kind: 'image', mimeType: 'image/png' } });
  });

  it('makes a video of a WebP that moves, unless such are taken', () => {
    const webp = picture({ mimeType: 'image/webp', durationMs: 4_000 }, { animated: true, frames: 40 });
    expect(plan(webp, [{ ...images, mimeTypes: ['image/webp'] }, videos])).toMatchObject({
      planned: { kind: 'video', mimeType: 'video/mp4' },
    });
    expect(plan(webp, [{ ...images, mimeTypes: ['image/webp'], animation: true }, videos])).toEqual({
      as: 'original',
    });
  });
});

describe('a recipe', () => {
  it('has the same hash for the same work, and another for other work', () => {
    const of = (facts: MediaFacts): string => {
      const made = plan(facts, [images]);
      return made.as === 'rendition' ? recipeHash(made.recipe) : '';
    };
    expect(of(picture({ mimeType: 'image/webp' }))).toBe(of(picture({ mimeType: 'image/avif' })));
    expect(of(picture({ mimeType: 'image/webp' }))).not.toBe(
      of(picture({ mimeType: 'image/webp', width: 1000 })),
    );
  });

  it('is told in words', () => {
    const made = plan(
      film({ width: 3840, height: 1000 }, { frameRate: 120, audioCodec: 'mp3' }),
      [{ ...videos, maxRatio: 2 }],
      'crop',
    );
    expect(made.as === 'rendition' ? describeRecipe(made.recipe) : []).toEqual([
      'Crop around the middle to 1920 × 960.',
      'Encode the pictures as H.264, 60 frames per second, at most 23372000 bits per second.',
      'Encode the sound as AAC.',
      'Write as MP4 that starts at once, without metadata.',
    ]);
  });
});

describe('the plan for what is never written anew', () => {
  const papers: MediaLimit = {
    kind: 'document',
    maxItems: 1,
    mimeTypes: ['application/pdf'],
    maxBytes: 100_000_000,
    maxPages: 300,
    maxAltText: 0,
  };
  const paper = (details: MediaDetails, bytes = 500_000): MediaFacts => ({
    ...{ kind: 'document', mimeType: 'application/pdf', bytes },
    ...{ width: null, height: null, durationMs: null },
    details,
  });

  it('leaves a document alone that fits, and one whose pages are not known', () => {
    expect(plan(paper({ pages: 300 }), [papers])).toEqual({ as: 'original' });
    expect(plan(paper({}), [papers])).toEqual({ as: 'original' });
    expect(plan(paper({ pages: 1000 }), [images])).toEqual({ as: 'original' });
  });

  it('refuses a document of too many pages or bytes, with figures and the remedy', () => {
    expect(plan(paper({ pages: 301 }, 100_000_001), [papers])).toMatchObject({
      as: 'impossible',
      broken: [
        { rule: 'media_too_large', limit: 100_000_000, actual: 100_000_001 },
        {
          rule: 'media_too_many_pages',
          limit: 300,
          actual: 301,
          remedy: expect.stringContaining('fewer pages'),
        },
      ],
    });
  });
});
