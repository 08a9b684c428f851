import sharp, { type Sharp } from 'sharp';
import { heic } from './heic.js';
import { generateVideo, type VideoOptions } from './generated-video.js';

export interface GeneratedMedium {
  readonly name: string;
  make(): Promise<Buffer>;
}

/** A file that ffmpeg makes. */
export interface GeneratedVideo extends GeneratedMedium {
  readonly options: VideoOptions;
}

/** Noise, so that it does not compress to nothing. */
export function noise(width: number, height: number, alpha = false): Sharp {
  const channels = alpha ? 4 : 3;
  const pixels = Buffer.alloc(width * height * channels);
  let state = 12_345;
  for (let index = 0; index < pixels.length; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[index] = state % 251;
  }
  return sharp(pixels, { raw: { width, height, channels } });
}

export const place = {
  IFD3: {
    GPSLatitude: '52/1 30/1 0/1',
    GPSLatitudeRef: 'N',
    GPSLongitude: '13/1 24/1 0/1',
    GPSLongitudeRef: 'E',
  },
};

export async function animation(format: 'gif' | 'webp', width = 61, height = 41): Promise<Buffer> {
  const frames = await Promise.all(
    [10, 120, 250].map((red) =>
      sharp({ create: { width, height, channels: 4, background: { r: red, g: 0, b: 99, alpha: 0.5 } } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .toFormat(format, { delay: [100, 200, 300] })
    .toBuffer();
}

export const generatedImages: readonly GeneratedMedium[] = [
  { name: 'a JPEG', make: () => noise(640, 480).jpeg().toBuffer() },
  {
    name: 'a JPEG that says where it was taken',
    make: () => noise(320, 240).withExif(place).jpeg().toBuffer(),
  },
  {
    name: 'a JPEG that was turned',
    make: () => noise(320, 200).withExif(place).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  },
  {
    name: 'a progressive JPEG with a place',
    make: () => noise(300, 200).withExif(place).jpeg({ progressive: true }).toBuffer(),
  },
  { name: 'a large JPEG', make: () => noise(1700, 1100).jpeg({ quality: 95 }).toBuffer() },
  { name: 'a PNG', make: () => noise(200, 200).png().toBuffer() },
  { name: 'a PNG with a place', make: () => noise(200, 150).withExif(place).png().toBuffer() },
  { name: 'a large PNG', make: () => noise(800, 600).png().toBuffer() },
  { name: 'a transparent PNG', make: () => noise(500, 400, true).png().toBuffer() },
  { name: 'a WebP', make: () => noise(300, 200).webp().toBuffer() },
  { name: 'a WebP with a place', make: () => noise(300, 200).withExif(place).webp().toBuffer() },
  { name: 'an AVIF', make: () => noise(120, 80).avif({ effort: 0 }).toBuffer() },
  { name: 'a HEIC', make: () => Promise.resolve(heic()) },
  { name: 'a HEIC that was turned', make: () => Promise.resolve(heic({ turns: 3 })) },
  { name: 'a wide panorama', make: () => noise(1600, 60).jpeg().toBuffer() },
  { name: 'a high strip', make: () => noise(40, 1200).png().toBuffer() },
  { name: 'a single pixel', make: () => noise(1, 1).png().toBuffer() },
  { name: 'a GIF of one frame', make: () => noise(100, 80).gif().toBuffer() },
];

export const generatedAnimations: readonly GeneratedMedium[] = [
  { name: 'a moving GIF', make: () => animation('gif') },
  { name: 'a moving WebP', make: () => animation('webp') },
  { name: 'a wide moving GIF', make: () => animation('gif', 500, 40) },
];

const video = (name: string, options: VideoOptions): GeneratedVideo => ({
  name,
  options,
  make: () => Promise.resolve(generateVideo(options)),
});

export const generatedVideos: readonly GeneratedVideo[] = [
  video('an MP4', { seconds: 4, rate: 25 }),
  video('an MP4 without sound', { seconds: 4, rate: 25, sound: false }),
  video('a MOV', { extension: 'mov', seconds: 4, rate: 25 }),
  video('a WebM', { extension: 'webm', seconds: 4, rate: 25 }),
  video('an AVI', { extension: 'avi', seconds: 4, rate: 25 }),
  video('an MP4 that was turned', { seconds: 4, rate: 25, rotation: 90 }),
  video('an AVI with odd sides', { extension: 'avi', width: 321, height: 181, seconds: 4, rate: 25 }),
  video('a wide WebM', { extension: 'webm', width: 960, height: 40, seconds: 4, rate: 25 }),
  video('a slow MOV', { extension: 'mov', seconds: 4, rate: 5 }),
  video('a long MP4', { seconds: 700, rate: 1, width: 64, height: 64, sound: false }),
];
