import { Injectable } from '@nestjs/common';
import sharp, { type Metadata } from 'sharp';
import type { MediaDetails } from '../asset.js';
import { HeicDecoder } from '../heic/heic.decoder.js';
import { tooManyPixels, unreadable } from '../media.errors.js';
import { makePreview } from './preview.js';
import type { Preview, ProbeWish, Reading } from './probed.js';

/** Pixels of all frames together: what decoding may cost in memory. */
export const maxPixels = 100_000_000;

/** Clockwise, by the orientation of Exif. */
const rotations: Readonly<Record<number, number>> = { 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 };

// Its cache holds files by path; ours are read once.
sharp.cache(false);

/** An image is decoded whole, all frames of it, so that a broken one is refused now and not by a platform. */
@Injectable()
export class ImageProbe {
  constructor(private readonly heic: HeicDecoder) {}

  async read(path: string, wish: ProbeWish): Promise<Reading> {
    const metadata = await readable(() =>
      sharp(path, { failOn: 'error', limitInputPixels: false }).metadata(),
    );
    const { width, height } = metadata.autoOrient;
    const frames = framesOf(metadata);
    if (width * height * frames > maxPixels) throw tooManyPixels(maxPixels);
    const preview = await this.heic.readable(path, (decoded) => decodeWhole(decoded, frames, wish));
    return { width, height, durationMs: durationOf(metadata), details: detailsOf(metadata), preview };
  }
}

async function decodeWhole(path: string, frames: number, wish: ProbeWish): Promise<Preview | null> {
  const options = { failOn: 'error', sequentialRead: true, limitInputPixels: maxPixels * 2 } as const;
  await readable(() => sharp(path, { ...options, animated: frames > 1 }).stats());
  return wish.preview ? readable(() => makePreview(sharp(path, options))) : null;
}

/** Of a HEIC with several pictures the main one is meant; the others are what the phone took beside it. */
function framesOf({ pages, compression }: Metadata): number {
  return compression === 'hevc' ? 1 : (pages ?? 1);
}

function detailsOf(metadata: Metadata): MediaDetails {
  const { hasAlpha, orientation } = metadata;
  const frames = framesOf(metadata);
  const rotation = rotations[orientation ?? 1];
  return {
    animated: frames > 1,
    ...(frames > 1 ? { frames } : {}),
    hasAlpha,
    metadata: tellsMore(metadata),
    ...(rotation === undefined ? {} : { rotation }),
  };
}

function tellsMore({ exif, iptc, xmp, comments }: Metadata): boolean {
  return [exif, iptc, xmp].some((block) => block !== undefined) || (comments ?? []).length > 0;
}

function durationOf(metadata: Metadata): number | null {
  const { delay } = metadata;
  if (delay === undefined || framesOf(metadata) <= 1) return null;
  return delay.reduce((total, ms) => total + ms, 0);
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(error instanceof Error ? firstLine(error.message) : 'it is damaged', error);
  }
}

/** The decoder's words without the path of our file. */
function firstLine(message: string): string {
  const line = message.split('\n')[0]?.trim() ?? '';
  return line === '' || line.includes('/') ? 'it is damaged or incomplete' : line.replace(/\.$/, '');
}
