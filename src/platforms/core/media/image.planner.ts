import type { MediaLimit } from '../capabilities.js';
import { type Canvas, canvasFor, type Size } from './canvas.js';
import type { MediaFacts } from './media-facts.js';
import {
  asItIs,
  cannotConvert,
  carriesMetadata,
  impossible,
  type MediaPlan,
  type PlanWish,
  shapeUndecided,
  sizeUnknown,
} from './media-plan.js';
import { type BrokenRule, brokenRules, type MediaRuleName } from './media-rules.js';
import { type ImageRecipe, imageTypes, type ImageType } from './recipe.js';

/** What writing an image anew can mend; the shape only by choice. */
const mendable: readonly MediaRuleName[] = [
  'media_type_unsupported',
  'media_too_large',
  'media_too_wide',
  'media_too_high',
  'media_sides_too_long',
  'media_too_many_pixels',
  'media_ratio',
];
/** Types whose metadata can be cut out without touching the pictures. */
const cleanable: readonly string[] = imageTypes;

/** Still pictures. */
export function planImage({ facts, fit }: PlanWish, limit: MediaLimit): MediaPlan {
  const broken = brokenRules(facts, limit);
  // Read before anybody looked for it: then it is looked for when it is cleaned.
  const tells = facts.details.metadata ?? facts.details.unread === undefined;
  if (broken.length === 0 && !tells) return asItIs;
  const hopeless = broken.filter(({ rule }) => !mendable.includes(rule));
  if (hopeless.length > 0) return impossible(hopeless);
  if (facts.details.unread !== undefined) return impossible([cannotConvert(facts.details.unread)]);
  const because = [...broken.map(({ message }) => message), ...(tells ? [carriesMetadata] : [])];
  if (broken.length === 0 && cleanable.includes(facts.mimeType) && facts.details.rotation === undefined) {
    const { kind, mimeType, bytes, width, height, durationMs } = facts;
    const planned = { kind, mimeType, bytes, width, height, durationMs };
    return { as: 'rendition', recipe: { make: 'clean', mimeType }, planned, because };
  }
  const size = sizeOf(facts);
  const types = typesFor(facts, limit);
  if (size === null) return impossible([sizeUnknown]);
  if (types.length === 0) return impossible(broken);
  const canvas = canvasFor({ size, limit, fit, multiple: 1 });
  if (canvas === null) return impossible(shapeUndecided(facts, limit));
  return written({ facts, limit, because }, canvas, types);
}

interface Why {
  readonly facts: MediaFacts;
  readonly limit: MediaLimit;
  readonly because: readonly string[];
}

function written({ facts, limit, because }: Why, canvas: Canvas, types: readonly ImageType[]): MediaPlan {
  const recipe: ImageRecipe = {
    make: 'image',
    types,
    canvas,
    maxBytes: limit.maxBytes,
    least: { width: limit.minWidth ?? 1, height: limit.minHeight ?? 1 },
  };
  const planned = {
    kind: 'image',
    mimeType: types[0] ?? facts.mimeType,
    bytes: Math.min(facts.bytes, limit.maxBytes),
    width: canvas.width,
    height: canvas.height,
    durationMs: null,
  } as const;
  const left: readonly BrokenRule[] = brokenRules(planned, limit).filter(
    ({ rule }) => rule !== 'media_too_few_bytes',
  );
  return left.length > 0 ? impossible(left) : { as: 'rendition', recipe, planned, because };
}

function sizeOf({ width, height }: MediaFacts): Size | null {
  return width === null || height === null ? null : { width, height };
}

/** The type that it has first, then what loses least of it. */
function typesFor({ mimeType, details }: MediaFacts, { mimeTypes }: MediaLimit): ImageType[] {
  const byWorth: readonly ImageType[] =
    details.hasAlpha === true
      ? ['image/png', 'image/webp', 'image/jpeg']
      : ['image/jpeg', 'image/webp', 'image/png'];
  const taken = byWorth.filter((type) => mimeTypes.includes(type));
  const own = taken.filter((type) => type === mimeType);
  return [...own, ...taken.filter((type) => type !== mimeType)];
}
