import { probeImage } from '../core/image.probe.js';
import type { InboxMedia } from '../core/inbox.js';
import type { MediaStore } from '../core/media.store.js';
import { probeMovie } from '../core/movie.probe.js';
import type { Content } from './share.js';
import { MOST_BYTES } from './source.input.js';

const SIDE = { least: 360, most: 4096 };
const PICTURE = { formats: ['jpeg', 'webp'], mostBytes: 20 * 1_048_576, mostLines: 1080 };
const EBML = '1a45dfa3';

/** What is wrong with a video shows in the status, after it was processed. */
export function checkVideo(bytes: Buffer, media: MediaStore, longestSec: number): Content {
  const isWebm = bytes.subarray(0, 4).toString('hex') === EBML;
  const movie = isWebm ? null : probeMovie(bytes);
  if ((!isWebm && movie === null) || bytes.length > MOST_BYTES) return failed('file_format_check_failed');
  const sides = movie === null ? [] : [movie.width, movie.height];
  if (sides.some((side) => side < SIDE.least || side > SIDE.most)) return failed('picture_size_check_failed');
  const durationSec = (movie?.durationMs ?? 0) / 1000;
  if (durationSec > longestSec) return failed('duration_check_failed');
  const mimeType = isWebm ? 'video/webm' : 'video/mp4';
  const { sha256 } = media.put(bytes, mimeType);
  const size = movie === null ? {} : { width: movie.width, height: movie.height };
  const seen: InboxMedia = { kind: 'video', mimeType, bytes: bytes.length, alt: null, sha256, ...size };
  return { media: [seen], durationSec, failure: null };
}

export async function checkPictures(pictures: readonly Buffer[], media: MediaStore): Promise<Content> {
  const seen: InboxMedia[] = [];
  for (const bytes of pictures) {
    const found = await probeImage(bytes);
    if (found === null || !PICTURE.formats.includes(found.format)) return failed('file_format_check_failed');
    const { width, height } = found;
    const tooMany = Math.min(width, height) > PICTURE.mostLines;
    if (bytes.length > PICTURE.mostBytes || tooMany) return failed('picture_size_check_failed');
    const mimeType = `image/${found.format}`;
    const { sha256 } = media.put(bytes, mimeType);
    seen.push({ kind: 'image', mimeType, bytes: bytes.length, alt: null, sha256, width, height });
  }
  return { media: seen, durationSec: 0, failure: null };
}

export function failed(failure: string): Content {
  return { media: [], durationSec: 0, failure };
}
