import { encode } from 'blurhash';
import sharp, { type Sharp } from 'sharp';
import type { Preview } from './probed.js';

const side = 480;
const blurSide = 32;

/** Of the first frame, upright, without metadata. */
export async function makePreview(picture: Sharp): Promise<Preview> {
  const bytes = await picture
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75 })
    .toBuffer();
  return { bytes, blurHash: await blurHashOf(bytes) };
}

async function blurHashOf(bytes: Buffer): Promise<string> {
  const { data, info } = await sharp(bytes)
    .flatten({ background: 'white' })
    .resize({ width: blurSide, height: blurSide, fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return encode(new Uint8ClampedArray(data), info.width, info.height, 4, 3);
}
