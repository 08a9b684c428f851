import sharp from 'sharp';
import type { Sample } from '../samples.js';

/** A JPEG of a shape that the feed takes, whose bytes depend on the seed. */
export async function photo(seed = 1, altText: string | null = null): Promise<Sample> {
  const background = { r: (seed * 53) % 256, g: (seed * 97) % 256, b: (seed * 151) % 256 };
  const bytes = await sharp({ create: { width: 400, height: 400, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return { kind: 'image', bytes, fileName: `photo-${seed}.jpg`, altText };
}
