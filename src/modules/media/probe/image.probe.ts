import { Injectable } from '@nestjs/common';
import sharp, { type Metadata } from 'sharp';
import type { MediaDetails } from '../asset.js';
import { tooManyPixels, unreadable } from '../media.errors.js';
import { makePreview } from './preview.js';
import type { Reading } from './probed.js';

/** Pixels of all frames together: what decoding may cost in memory. */
export const maxPixels = 100_000_000;

/** Clockwise, by the orientation of Exif. */
const rotations: Readonly<Record<number, number>> = { 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 };

// Its cache holds files by path; ours are read once.
sharp.cache(false);

/** An image is decoded whole, all frames of it, so that a broken one is refused now and not by a platform. */
@Injectable()
export class ImageProbe {
  async read(path: string): Promise<Reading> {
    const metadata = await readable(() =>
      sharp(path, { failOn: 'error', limitInputPixels: false }).metadata(),
    );
    const { width, height } = metadata.autoOrient;
    const frames = metadata.pages ?? 1;
    if (width * height * frames > maxPixels) throw tooManyPixels(maxPixels);
    const size = { width, height, durationMs: durationOf(metadata) };
    // The decoder that is shipped knows AV1 in this container, and not the patented HEVC.
    if (metadata.compression === 'hevc') {
      const unread =
        'The pictures of HEIC are HEVC, which cannot be decoded here: it is kept as it is and cannot be converted.';
      return { ...size, details: { ...detailsOf(metadata), unread }, preview: null };
    }
    const options = { failOn: 'error', sequentialRead: true, limitInputPixels: maxPixels * 2 } as const;
    await readable(() => sharp(path, { ...options, animated: frames > 1 }).stats());
    const preview = await readable(() => makePreview(sharp(path, options)));
    return { ...size, details: detailsOf(metadata), preview };
  }
}

function detailsOf(metadata: Metadata): MediaDetails {
  const { pages, hasAlpha, orientation } = metadata;
  const rotation = rotations[orientation ?? 1];
  return {
    animated: (pages ?? 1) > 1,
    ...((pages ?? 1) > 1 ? { frames: pages ?? 1 } : {}),
    hasAlpha,
    metadata: tellsMore(metadata),
    ...(rotation === undefined ? {} : { rotation }),
  };
}

function tellsMore({ exif, iptc, xmp, comments }: Metadata): boolean {
  return [exif, iptc, xmp].some((block) => block !== undefined) || (comments ?? []).length > 0;
}

function durationOf({ delay, pages }: Metadata): number | null {
  if (delay === undefined || (pages ?? 1) <= 1) return null;
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
