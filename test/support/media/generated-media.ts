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
  { name: 'a large JPEG', make: () => noise(1460, 820).jpeg({ quality: 95 }).toBuffer() },
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

/** Short and small: what is to be seen of a file is what it is, not how long it takes. */
const second = { seconds: 1.2, rate: 25, width: 192, height: 108 };

export const generatedVideos: readonly GeneratedVideo[] = [
  video('an MP4', second),
  video('an MP4 without sound', { ...second, sound: false }),
  video('a MOV', { ...second, extension: 'mov' }),
  video('a WebM', { ...second, extension: 'webm' }),
  video('an AVI', { ...second, extension: 'avi' }),
  video('an MP4 that was turned', { ...second, rotation: 90 }),
  video('an AVI with odd sides', { ...second, extension: 'avi', width: 193, height: 109 }),
  video('a wide WebM', { ...second, extension: 'webm', width: 480, height: 20 }),
  video('a slow MOV', { ...second, extension: 'mov', rate: 5 }),
  video('a long MP4', { seconds: 700, rate: 1, width: 64, height: 64, sound: false }),
];
