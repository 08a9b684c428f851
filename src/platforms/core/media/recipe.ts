import { stableHash } from '../../../common/crypto/index.js';
import type { Canvas, Size } from './canvas.js';

export const imageTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
/** What images are written as. */
export type ImageType = (typeof imageTypes)[number];

/** The same pictures and sound without what else the file says. */
export interface CleanRecipe {
  readonly make: 'clean';
  readonly mimeType: string;
}

export interface ImageRecipe {
  readonly make: 'image';
  /** The first that comes out small enough. */
  readonly types: readonly ImageType[];
  /** At most so large; where the bytes do not suffice it becomes smaller. */
  readonly canvas: Canvas;
  readonly maxBytes: number;
  /** Never smaller than that, pixels. */
  readonly least: Size;
}

export interface VideoRecipe {
  readonly make: 'video';
  readonly source: 'video' | 'animation';
  readonly mimeType: 'video/mp4';
  /** Null: the pictures are taken over as they are. */
  readonly picture: VideoPicture | null;
  readonly sound: 'none' | 'copy' | 'aac';
  readonly maxBytes: number;
  /** How often an animation is shown, where it would be too short. */
  readonly repeat: number;
}

export interface VideoPicture {
  readonly canvas: Canvas;
  /** Frames per second; null: as they are. */
  readonly frameRate: number | null;
  /** Bits per second of the pictures; null: as many as it takes. */
  readonly maxBitRate: number | null;
}

/** What is to be done to a file, complete: who follows it needs no capabilities. */
export type Recipe = CleanRecipe | ImageRecipe | VideoRecipe;

/** The same work, the same hash. */
export function recipeHash(recipe: Recipe): string {
  return stableHash(recipe);
}

const typeWords: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'video/mp4': 'MP4',
};

/** For a person, one step a line. */
export function describeRecipe(recipe: Recipe): string[] {
  switch (recipe.make) {
    case 'clean':
      return ['Remove metadata; pictures and sound stay as they are.'];
    case 'image':
      return [
        ...shapeWords(recipe.canvas),
        `Write as ${recipe.types.map((type) => typeWords[type] ?? type).join(', else ')}, at most ${recipe.maxBytes} bytes, upright, without metadata.`,
      ];
    case 'video':
      return [
        ...pictureWords(recipe),
        ...soundWords(recipe),
        'Write as MP4 that starts at once, without metadata.',
      ];
  }
}

function shapeWords({ width, height, fit }: Canvas): string[] {
  const size = `${width} × ${height}`;
  if (fit === 'crop') return [`Crop around the middle to ${size}.`];
  return [fit === 'pad' ? `Scale and pad to ${size}.` : `Scale to ${size} at most.`];
}

function pictureWords({ source, picture, repeat }: VideoRecipe): string[] {
  if (picture === null) return ['Take over the pictures as they are.'];
  const rate = picture.frameRate === null ? '' : `, ${picture.frameRate} frames per second`;
  const bits = picture.maxBitRate === null ? '' : `, at most ${picture.maxBitRate} bits per second`;
  return [
    ...(source === 'animation' ? ['Make a video of the animation.'] : []),
    ...(repeat > 1 ? [`Show it ${repeat} times.`] : []),
    ...shapeWords(picture.canvas),
    `Encode the pictures as H.264${rate}${bits}.`,
  ];
}

function soundWords({ sound }: VideoRecipe): string[] {
  if (sound === 'none') return [];
  return [sound === 'aac' ? 'Encode the sound as AAC.' : 'Take over the sound as it is.'];
}
