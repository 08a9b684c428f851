import sharp, { type Sharp } from 'sharp';
import type { MediaKind } from '../../../src/platforms/core/index.js';
import { tallVideo } from './tall-video.js';
import { tinyAudio, tinyVideo } from './tiny-files.js';
import { pdf } from '../media/pdf.js';

/** A file as a person would upload it. */
export interface Sample {
  readonly kind: MediaKind;
  readonly bytes: Buffer;
  readonly fileName: string;
  readonly altText: string | null;
}

const width = 64;
const height = 48;

/** A picture whose bytes depend on the seed, so that several in one post can be told apart. */
export async function image(seed = 1, altText: string | null = null): Promise<Sample> {
  const bytes = await picture(seed).png().toBuffer();
  return { kind: 'image', bytes, fileName: `picture-${seed}.png`, altText };
}

export async function gif(altText: string | null = null): Promise<Sample> {
  return { kind: 'gif', bytes: await picture(5).gif().toBuffer(), fileName: 'moving.gif', altText };
}

/** Of several frames: who takes no GIFs gets a video of it. */
export async function movingGif(altText: string | null = null): Promise<Sample> {
  const frames = await Promise.all([5, 6, 7].map((seed) => picture(seed).png().toBuffer()));
  const moving = sharp(frames, { join: { animated: true } }).gif({ delay: [200, 200, 200] });
  return { kind: 'gif', bytes: await moving.toBuffer(), fileName: 'moving.gif', altText };
}

export function video(seed = 1, altText: string | null = null): Promise<Sample> {
  return Promise.resolve({
    kind: 'video',
    bytes: marked(tinyVideo, seed),
    fileName: `clip-${seed}.mp4`,
    altText,
  });
}

/** As reels and stories want it. */
export function uprightVideo(seed = 1): Promise<Sample> {
  const bytes = marked(tallVideo, seed);
  return Promise.resolve({ kind: 'video', bytes, fileName: `upright-${seed}.mp4`, altText: null });
}

/** A box of free space makes one clip differ from the other. */
function marked(clip: Buffer, seed: number): Buffer {
  return Buffer.concat([clip, Buffer.from([0, 0, 0, 72]), Buffer.from('free'), Buffer.alloc(64, seed)]);
}

export function audio(seed = 1, altText: string | null = null): Promise<Sample> {
  const tag = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 10]);
  const bytes = Buffer.concat([tag, Buffer.alloc(10, seed), tinyAudio]);
  return Promise.resolve({ kind: 'audio', bytes, fileName: `tune-${seed}.mp3`, altText });
}

export function document(seed = 1): Promise<Sample> {
  return Promise.resolve({
    kind: 'document',
    bytes: pdf({ seed }),
    fileName: `paper-${seed}.pdf`,
    altText: null,
  });
}

/** A sample of the kind; alternative text only where it can have one. */
export function sampleOf(kind: MediaKind, seed = 1, altText: string | null = null): Promise<Sample> {
  switch (kind) {
    case 'image':
      return image(seed, altText);
    case 'gif':
      return gif(altText);
    case 'video':
      return video(seed, altText);
    case 'audio':
      return audio(seed, altText);
    case 'document':
      return document(seed);
  }
}

function picture(seed: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = (index * seed * 7919) % 256;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
