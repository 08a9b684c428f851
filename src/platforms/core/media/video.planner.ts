import type { MediaLimit } from '../capabilities.js';
import { type Canvas, canvasFor } from './canvas.js';
import type { MediaFacts } from './media-facts.js';
import {
  asItIs,
  cannotConvert,
  carriesMetadata,
  impossible,
  type MediaPlan,
  type PlannedFacts,
  type PlanWish,
  shapeUndecided,
  tooLongForItsBytes,
} from './media-plan.js';
import { brokenRules, type MediaRuleName } from './media-rules.js';
import type { VideoPicture, VideoRecipe } from './recipe.js';

/** What writing the container anew can mend. */
const byContainer: readonly MediaRuleName[] = [
  'media_type_unsupported',
  'media_fast_start',
  'media_audio_codec',
];
/** What encoding the pictures anew can mend; the shape only by choice. */
const byPicture: readonly MediaRuleName[] = [
  'media_too_large',
  'media_too_wide',
  'media_too_high',
  'media_sides_too_long',
  'media_too_many_pixels',
  'media_ratio',
  'media_video_codec',
  'media_pixel_format',
  'media_frame_rate_too_high',
  'media_frame_rate_too_low',
  'media_bit_rate_too_high',
];
const mp4 = 'video/mp4';
/** Bits per second. */
const soundBits = 128_000;
const fewestPictureBits = 100_000;
/** More than anybody needs to be told not to exceed. */
const mostUsefulBits = 100_000_000;
/** What containers and varying rates take of a budget. */
const margin = 0.94;
/** Bits that a pixel of a frame needs to be worth looking at. */
const bitsPerPixel = 0.03;
const usualFrameRate = 30;

/** Videos, and animations that are to become one. */
export function planVideo(wish: PlanWish, limit: MediaLimit): MediaPlan {
  const { facts } = wish;
  const broken = brokenRules(facts, limit);
  const tells = facts.details.metadata === true;
  if (broken.length === 0 && !tells) return asItIs;
  const hopeless = broken.filter(({ rule }) => !byContainer.includes(rule) && !byPicture.includes(rule));
  if (hopeless.length > 0) return impossible(hopeless);
  if (facts.details.unread !== undefined) return impossible([cannotConvert(facts.details.unread)]);
  const because = [...broken.map(({ message }) => message), ...(tells ? [carriesMetadata] : [])];
  if (broken.length === 0) {
    const { kind, mimeType, bytes, width, height, durationMs } = facts;
    const planned = { kind, mimeType, bytes, width, height, durationMs };
    return { as: 'rendition', recipe: { make: 'clean', mimeType }, planned, because };
  }
  if (!limit.mimeTypes.includes(mp4)) return impossible(broken);
  const keeps = !broken.some(({ rule }) => byPicture.includes(rule)) && fitsIntoMp4(facts);
  const picture = keeps ? null : pictureOf(wish, limit, 'video');
  if (picture === 'shape') return impossible(shapeUndecided(facts, limit));
  if (picture === 'size') return impossible([tooLongForItsBytes(facts, limit)]);
  return made({ facts, limit, because }, { source: 'video', picture, sound: soundOf(facts), repeat: 1 });
}

/** An animation as a video of a platform that shows those. */
export function planAnimation(wish: PlanWish, limit: MediaLimit, because: readonly string[]): MediaPlan {
  const { facts } = wish;
  const once = durationOfAnimation(facts);
  const repeat = Math.max(1, Math.ceil((limit.minDurationMs ?? 0) / once));
  const shown = { ...facts, durationMs: once * repeat };
  const picture = pictureOf({ ...wish, facts: shown }, limit, 'animation');
  if (picture === 'shape') return impossible(shapeUndecided(facts, limit));
  if (picture === 'size') return impossible([tooLongForItsBytes(facts, limit)]);
  return made({ facts: shown, limit, because }, { source: 'animation', picture, sound: 'none', repeat });
}

interface Why {
  readonly facts: MediaFacts;
  readonly limit: MediaLimit;
  readonly because: readonly string[];
}

function made(
  { facts, limit, because }: Why,
  how: Pick<VideoRecipe, 'source' | 'picture' | 'sound' | 'repeat'>,
): MediaPlan {
  const planned: PlannedFacts = {
    kind: limit.kind,
    mimeType: mp4,
    bytes: Math.min(facts.bytes, limit.maxBytes),
    width: how.picture?.canvas.width ?? facts.width,
    height: how.picture?.canvas.height ?? facts.height,
    durationMs: facts.durationMs,
  };
  const left = brokenRules(planned, limit).filter(({ rule }) => rule !== 'media_too_few_bytes');
  if (left.length > 0) return impossible(left);
  const recipe: VideoRecipe = { make: 'video', mimeType: mp4, maxBytes: limit.maxBytes, ...how };
  return { as: 'rendition', recipe, planned, because };
}

/** `shape`: nobody has chosen how to change it. `size`: too long for so few bytes. */
function pictureOf(
  { facts, fit }: PlanWish,
  limit: MediaLimit,
  source: VideoRecipe['source'],
): VideoPicture | 'shape' | 'size' {
  if (facts.width === null || facts.height === null) return 'shape';
  const canvas = canvasFor({ size: { width: facts.width, height: facts.height }, limit, fit, multiple: 2 });
  if (canvas === null) return 'shape';
  const frameRate = frameRateFor(facts, limit, source);
  const sound = source === 'video' && facts.details.audioCodec !== undefined ? soundBits : 0;
  const total = Math.min(limit.maxBitRate ?? Infinity, budgetOf(facts, limit)) * margin;
  const bits = total - sound;
  if (bits < fewestPictureBits) return 'size';
  if (bits > mostUsefulBits) return { canvas, frameRate, maxBitRate: null };
  const rate = frameRate ?? facts.details.frameRate ?? usualFrameRate;
  return { canvas: worthLookingAt(canvas, bits / rate, limit), frameRate, maxBitRate: Math.floor(bits) };
}

function budgetOf({ durationMs }: MediaFacts, { maxBytes }: MediaLimit): number {
  return durationMs === null || durationMs === 0 ? Infinity : (maxBytes * 8) / (durationMs / 1000);
}

/** Where bits are few, a smaller picture looks better than a blurred one. */
function worthLookingAt(canvas: Canvas, bitsPerFrame: number, limit: MediaLimit): Canvas {
  const pixels = bitsPerFrame / bitsPerPixel;
  const wanted = Math.sqrt(pixels / (canvas.width * canvas.height));
  const least = Math.max((limit.minWidth ?? 160) / canvas.width, (limit.minHeight ?? 160) / canvas.height);
  const scale = Math.min(1, Math.max(wanted, least));
  if (scale === 1) return canvas;
  const smaller = { ...limit, maxWidth: canvas.width * scale, maxHeight: canvas.height * scale };
  return {
    ...(canvasFor({ size: canvas, limit: smaller, fit: null, multiple: 2 }) ?? canvas),
    fit: canvas.fit,
  };
}

function frameRateFor(
  { details }: MediaFacts,
  limit: MediaLimit,
  source: VideoRecipe['source'],
): number | null {
  const most = limit.maxFrameRate ?? Infinity;
  const least = limit.minFrameRate ?? 0;
  const rate = details.frameRate;
  if (source === 'animation') return Math.max(least, Math.min(most, usualFrameRate));
  if (rate !== undefined && rate > most) return most;
  if (rate !== undefined && rate < least) return Math.min(most, Math.max(least, usualFrameRate));
  return null;
}

function durationOfAnimation({ durationMs, details }: MediaFacts): number {
  return durationMs !== null && durationMs > 0 ? durationMs : (details.frames ?? 1) * 100;
}

function fitsIntoMp4({ details }: MediaFacts): boolean {
  return details.videoCodec === 'h264' && details.pixelFormat === 'yuv420p';
}

function soundOf({ details }: MediaFacts): VideoRecipe['sound'] {
  if (details.audioCodec === undefined) return 'none';
  return details.audioCodec === 'aac' ? 'copy' : 'aac';
}
