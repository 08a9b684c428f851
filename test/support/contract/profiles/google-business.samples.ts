import sharp from 'sharp';
import type { Sample } from '../samples.js';

/** A picture of noise, whose bytes cannot be made few: Google wants ten thousand of them, and 250 pixels a side. */
export async function noise(width = 400, height = 300): Promise<Sample> {
  const pixels = Buffer.alloc(width * height * 3);
  let value = 1;
  for (let index = 0; index < pixels.length; index += 1) {
    value = (value * 48_271) % 2_147_483_647;
    pixels[index] = value % 256;
  }
  const bytes = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
  return { kind: 'image', bytes, fileName: `noise-${width}-${height}.jpg`, altText: null };
}

/** Large enough to look at, and of too few bytes. */
export async function plainPicture(): Promise<Sample> {
  const picture = sharp({ create: { width: 400, height: 300, channels: 3, background: 'teal' } });
  return { kind: 'image', bytes: await picture.jpeg().toBuffer(), fileName: 'plain.jpg', altText: null };
}
