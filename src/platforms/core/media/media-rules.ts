import type { Violation } from '../../../common/errors/index.js';
import type { MediaLimit } from '../capabilities.js';
import type { MediaFacts } from './media-facts.js';

/** A limit that a file breaks, without where in the post it stands. */
export type BrokenRule = Pick<Violation, 'message' | 'limit' | 'actual' | 'remedy'> & {
  readonly rule: MediaRuleName;
};

export type MediaRuleName =
  | 'media_type_unsupported'
  | 'media_animated'
  | 'media_too_large'
  | 'media_too_few_bytes'
  | 'media_too_wide'
  | 'media_too_high'
  | 'media_too_narrow'
  | 'media_too_low'
  | 'media_sides_too_long'
  | 'media_too_many_pixels'
  | 'media_ratio'
  | 'media_too_long'
  | 'media_too_short'
  | 'media_too_many_pages'
  | 'media_video_codec'
  | 'media_audio_codec'
  | 'media_pixel_format'
  | 'media_frame_rate_too_high'
  | 'media_frame_rate_too_low'
  | 'media_bit_rate_too_high'
  | 'media_fast_start'
  | 'media_cannot_be_converted';

/** Widths to heights that are taken. */
export interface RatioBounds {
  readonly min: number;
  readonly max: number;
}

type Facts = Omit<MediaFacts, 'details'> & Partial<Pick<MediaFacts, 'details'>>;

interface Bound {
  readonly rule: MediaRuleName;
  readonly read: (facts: Facts) => number | null;
  /** What is taken at most, or needed at least. */
  readonly most?: (limit: MediaLimit) => number | undefined;
  readonly least?: (limit: MediaLimit) => number | undefined;
  readonly unit: string;
  readonly remedy: string;
}

interface Choice {
  readonly rule: MediaRuleName;
  readonly what: string;
  readonly read: (facts: Facts) => string | undefined;
  readonly among: (limit: MediaLimit) => readonly string[] | undefined;
}

const ratioTolerance = 0.005;
const smaller = 'Give this target a smaller file.';
const larger = 'Give this target a larger file: pixels cannot be invented.';
const other = 'Give this target a file of another type.';

const width = ({ width: pixels }: Facts): number | null => pixels;
const height = ({ height: pixels }: Facts): number | null => pixels;
const bytes = ({ bytes: count }: Facts): number => count;
const duration = ({ durationMs }: Facts): number | null => durationMs;
const pages = ({ details }: Facts): number | null => details?.pages ?? null;
const frameRate = ({ details }: Facts): number | null => details?.frameRate ?? null;
const bitRate = ({ details }: Facts): number | null => details?.bitRate ?? null;

const bounds: readonly Bound[] = [
  {
    rule: 'media_too_large',
    read: bytes,
    most: (limit) => limit.maxBytes,
    unit: 'bytes',
    remedy: 'Compress or shorten it.',
  },
  {
    rule: 'media_too_few_bytes',
    read: bytes,
    least: (limit) => limit.minBytes,
    unit: 'bytes',
    remedy: larger,
  },
  {
    rule: 'media_too_wide',
    read: width,
    most: (limit) => limit.maxWidth,
    unit: 'pixels of width',
    remedy: smaller,
  },
  {
    rule: 'media_too_high',
    read: height,
    most: (limit) => limit.maxHeight,
    unit: 'pixels of height',
    remedy: smaller,
  },
  {
    rule: 'media_too_narrow',
    read: width,
    least: (limit) => limit.minWidth,
    unit: 'pixels of width',
    remedy: larger,
  },
  {
    rule: 'media_too_low',
    read: height,
    least: (limit) => limit.minHeight,
    unit: 'pixels of height',
    remedy: larger,
  },
  {
    rule: 'media_sides_too_long',
    read: (facts) => ofSides(facts, (a, b) => a + b),
    most: (limit) => limit.maxSideSum,
    unit: 'pixels of width plus height',
    remedy: smaller,
  },
  {
    rule: 'media_too_many_pixels',
    read: (facts) => ofSides(facts, (a, b) => a * b),
    most: (limit) => limit.maxPixels,
    unit: 'pixels',
    remedy: smaller,
  },
  {
    rule: 'media_too_long',
    read: duration,
    most: (limit) => limit.maxDurationMs,
    unit: 'milliseconds',
    remedy: 'Shorten it.',
  },
  {
    rule: 'media_too_short',
    read: duration,
    least: (limit) => limit.minDurationMs,
    unit: 'milliseconds',
    remedy: 'Give this target a longer one.',
  },
  {
    rule: 'media_too_many_pages',
    read: pages,
    most: (limit) => limit.maxPages,
    unit: 'pages',
    remedy: 'Give this target a document of fewer pages.',
  },
  {
    rule: 'media_frame_rate_too_high',
    read: frameRate,
    most: (limit) => limit.maxFrameRate,
    unit: 'frames per second',
    remedy: other,
  },
  {
    rule: 'media_frame_rate_too_low',
    read: frameRate,
    least: (limit) => limit.minFrameRate,
    unit: 'frames per second',
    remedy: other,
  },
  {
    rule: 'media_bit_rate_too_high',
    read: bitRate,
    most: (limit) => limit.maxBitRate,
    unit: 'bits per second',
    remedy: 'Compress it.',
  },
];

const choices: readonly Choice[] = [
  {
    rule: 'media_video_codec',
    what: 'Pictures',
    read: (facts) => facts.details?.videoCodec,
    among: (limit) => limit.videoCodecs,
  },
  {
    rule: 'media_audio_codec',
    what: 'Sound',
    read: (facts) => facts.details?.audioCodec,
    among: (limit) => limit.audioCodecs,
  },
  {
    rule: 'media_pixel_format',
    what: 'Colours',
    read: (facts) => facts.details?.pixelFormat,
    among: (limit) => limit.pixelFormats,
  },
];

/** Every limit that the file breaks. What is not known of it breaks none. */
export function brokenRules(facts: Facts, limit: MediaLimit): BrokenRule[] {
  const found = [
    checkType(facts, limit),
    checkAnimation(facts, limit),
    ...bounds.map((bound) => checkBound(facts, limit, bound)),
    checkRatio(facts, limit),
    ...choices.map((choice) => checkChoice(facts, limit, choice)),
    checkFastStart(facts, limit),
  ];
  return found.filter((broken) => broken !== null);
}

export function ratioBounds({ maxRatio, ratio }: MediaLimit): RatioBounds {
  return {
    min: Math.max(ratio?.min ?? 0, maxRatio === undefined ? 0 : 1 / maxRatio),
    max: Math.min(ratio?.max ?? Infinity, maxRatio ?? Infinity),
  };
}

/** Platforms round: 1200 × 628 passes as 1.91 to 1. */
export function isInside(ratio: number, { min, max }: RatioBounds): boolean {
  return ratio >= min * (1 - ratioTolerance) && ratio <= max * (1 + ratioTolerance);
}

function checkType({ mimeType }: Facts, { mimeTypes }: MediaLimit): BrokenRule | null {
  if (mimeTypes.includes(mimeType)) return null;
  return {
    rule: 'media_type_unsupported',
    message: `Files of type ${mimeType} are not taken.`,
    limit: [...mimeTypes],
    actual: mimeType,
    remedy: 'Convert the file to one of the types named.',
  };
}

function checkAnimation({ kind, details }: Facts, { animation }: MediaLimit): BrokenRule | null {
  if (kind !== 'image' || details?.animated !== true || animation === true) return null;
  return {
    rule: 'media_animated',
    message: 'Moving pictures are not taken: only the first frame would be seen.',
    remedy: 'Give this target a still picture or a video.',
  };
}

function checkBound(facts: Facts, limit: MediaLimit, bound: Bound): BrokenRule | null {
  const { rule, unit, remedy } = bound;
  const actual = bound.read(facts);
  const most = bound.most?.(limit);
  const least = bound.least?.(limit);
  if (actual === null) return null;
  const found = { rule, actual: rounded(actual), remedy };
  if (most !== undefined && actual > most) {
    return {
      ...found,
      limit: most,
      message: `At most ${most} ${unit} are taken; this file has ${found.actual}.`,
    };
  }
  if (least !== undefined && actual < least) {
    return {
      ...found,
      limit: least,
      message: `At least ${least} ${unit} are needed; this file has ${found.actual}.`,
    };
  }
  return null;
}

function checkRatio(facts: Facts, limit: MediaLimit): BrokenRule | null {
  const actual = ofSides(facts, (a, b) => a / Math.max(1, b));
  const { min, max } = ratioBounds(limit);
  if (actual === null) return null;
  if (isInside(actual, { min, max })) return null;
  return {
    rule: 'media_ratio',
    message: `Widths of ${rounded(min)} to ${rounded(max)} times the height are taken; this file has ${rounded(actual)}.`,
    limit: [String(rounded(min)), String(rounded(max))],
    actual: rounded(actual),
    remedy:
      'Set `fit` of this file to "crop" or "pad", in the post or in the media of this target, or give the target a file of another shape.',
  };
}

function checkChoice(
  facts: Facts,
  limit: MediaLimit,
  { rule, what, read, among }: Choice,
): BrokenRule | null {
  const actual = read(facts);
  const known = among(limit);
  if (actual === undefined || known === undefined || known.includes(actual)) return null;
  const message = `${what} as ${known.join(', ')} are taken; this file has ${actual}.`;
  return { rule, message, limit: [...known], actual, remedy: other };
}

function checkFastStart({ details }: Facts, { fastStart }: MediaLimit): BrokenRule | null {
  if (fastStart !== true || details?.fastStart !== false) return null;
  return {
    rule: 'media_fast_start',
    message: 'The index of the video must stand at its beginning.',
    remedy: 'Save it for the web, with "fast start".',
  };
}

function ofSides(facts: Facts, compute: (width: number, height: number) => number): number | null {
  return facts.width === null || facts.height === null ? null : compute(facts.width, facts.height);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
