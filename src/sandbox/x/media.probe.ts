import sharp from 'sharp';
import { probeMovie } from '../core/movie.probe.js';
import type { MediaCategory } from './media.library.js';

export interface MediaFacts {
  readonly width: number;
  readonly height: number;
  /** Frames of a GIF; 1 for everything else. */
  readonly frames: number;
  /** Null for what does not play. */
  readonly durationMs: number | null;
}

/** What the file is, or null when it is not what its category says. */
export function probe(bytes: Buffer, category: MediaCategory): Promise<MediaFacts | null> {
  if (category !== 'tweet_video') return probePicture(bytes, category);
  const movie = probeMovie(bytes);
  return Promise.resolve(movie === null ? null : { ...movie, frames: 1 });
}

async function probePicture(bytes: Buffer, category: MediaCategory): Promise<MediaFacts | null> {
  const animated = category === 'tweet_gif';
  const found = await sharp(bytes, { limitInputPixels: false, animated })
    .metadata()
    .catch(() => null);
  if (found === null || (found.format === 'gif') !== animated) return null;
  return {
    width: found.width,
    height: found.pageHeight ?? found.height,
    frames: found.pages ?? 1,
    durationMs: null,
  };
}
