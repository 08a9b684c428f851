import type { MediaLimit } from '../capabilities.js';
import { isInside, ratioBounds } from './media-rules.js';

export const mediaFits = ['crop', 'pad'] as const;
/** What is done to a picture whose shape is not taken: cut off what is too much, or add margins. */
export type MediaFit = (typeof mediaFits)[number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Canvas extends Size {
  /** `scale` keeps everything and adds nothing. */
  readonly fit: 'scale' | MediaFit;
}

export interface CanvasWish {
  readonly size: Size;
  readonly limit: MediaLimit;
  readonly fit: MediaFit | null;
  /** 2 for video: its colours are stored for squares of four pixels. */
  readonly multiple: 1 | 2;
}

/** The largest picture that is taken, never larger than what is there. Null: its shape is not taken, and nobody has chosen. */
export function canvasFor({ size, limit, fit, multiple }: CanvasWish): Canvas | null {
  const bounds = ratioBounds(limit);
  const ratio = size.width / size.height;
  const inside = isInside(ratio, bounds);
  if (!inside && fit === null) return null;
  const shaped =
    inside || fit === null ? size : reshaped(size, fit, ratio > bounds.max ? bounds.max : bounds.min);
  const scale = scaleInto(shaped, limit);
  const down = (pixels: number): number =>
    Math.max(multiple, Math.floor(pixels / multiple + 1e-9) * multiple);
  let width = down(shaped.width * scale);
  let height = down(shaped.height * scale);
  // Rounding down one side may have pushed the shape over a bound again.
  if (width / height > bounds.max) width = down(height * bounds.max);
  else if (width / height < bounds.min) height = down(width / bounds.min);
  return { width, height, fit: inside ? 'scale' : (fit ?? 'scale') };
}

function reshaped({ width, height }: Size, fit: MediaFit, bound: number): Size {
  const tooWide = width / height > bound;
  if (fit === 'crop') return tooWide ? { width: height * bound, height } : { width, height: width / bound };
  return tooWide ? { width, height: width / bound } : { width: height * bound, height };
}

function scaleInto({ width, height }: Size, limit: MediaLimit): number {
  return Math.min(
    1,
    (limit.maxWidth ?? Infinity) / width,
    (limit.maxHeight ?? Infinity) / height,
    (limit.maxSideSum ?? Infinity) / (width + height),
    Math.sqrt((limit.maxPixels ?? Infinity) / (width * height)),
  );
}
