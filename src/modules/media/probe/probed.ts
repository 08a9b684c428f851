import type { MediaDetails } from '../asset.js';

/** What was read of a file, beside its type. */
export interface Reading {
  /** Pixels after orientation; null for what is no image, and where it could not be read. */
  readonly width: number | null;
  readonly height: number | null;
  /** Milliseconds. */
  readonly durationMs: number | null;
  readonly details: MediaDetails;
  readonly preview: Preview | null;
}

/** A small picture of a file, and the few letters of a blurred one. */
export interface Preview {
  /** WebP. */
  readonly bytes: Buffer;
  readonly blurHash: string;
}

/** What is not wanted is not made: a preview takes as long as the rest. */
export interface ProbeWish {
  readonly preview: boolean;
}

export const previewType = 'image/webp';

export const nothingRead: Reading = {
  width: null,
  height: null,
  durationMs: null,
  details: {},
  preview: null,
};
