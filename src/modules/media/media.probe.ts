import { Injectable } from '@nestjs/common';
import { fileTypeFromFile } from 'file-type';
import sharp from 'sharp';
import { tooManyPixels, unreadable, unsupported } from './media.errors.js';
import type { MediaDetails } from './asset.js';
import { type AcceptedType, acceptedType } from './media.types.js';

export interface Probed extends AcceptedType {
  /** Pixels after orientation; null for what is no image. */
  readonly width: number | null;
  readonly height: number | null;
  /** Milliseconds. */
  readonly durationMs: number | null;
  readonly details: MediaDetails;
}

/** Pixels of all frames together: what decoding may cost in memory. */
const maxPixels = 100_000_000;

// Its cache holds files by path; ours are read once.
sharp.cache(false);

/** Tells what a file is by its bytes. An image is decoded whole, so that a broken one is refused now and not by a platform. */
@Injectable()
export class MediaProbe {
  async probe(path: string): Promise<Probed> {
    const detected = await fileTypeFromFile(path);
    const type = detected === undefined ? null : acceptedType(detected.mime);
    if (type === null) throw unsupported(detected?.mime ?? null);
    if (type.kind !== 'image' && type.kind !== 'gif')
      return { ...type, width: null, height: null, durationMs: null, details: {} };
    const size = await measure(path, type.kind === 'gif');
    return { ...type, ...size, durationMs: null, details: {} };
  }
}

async function measure(path: string, animated: boolean): Promise<{ width: number; height: number }> {
  const metadata = await readable(() => sharp(path, { failOn: 'error', limitInputPixels: false }).metadata());
  const { width, height } = metadata.autoOrient;
  const frames = animated ? (metadata.pages ?? 1) : 1;
  if (width * height * frames > maxPixels) throw tooManyPixels(maxPixels);
  await readable(() =>
    sharp(path, { failOn: 'error', animated, sequentialRead: true, limitInputPixels: maxPixels * 2 }).stats(),
  );
  return { width, height };
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
