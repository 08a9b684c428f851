import type { MediaDetails, MediaFacts, Recipe } from '../../../platforms/core/index.js';
import type { RenditionState } from '../entities/rendition.entity.js';

/** What is to be made of a file. */
export interface RenditionOrder {
  /** Any asset of the workspace that has the bytes. */
  readonly assetId: string;
  readonly sourceSha256: string;
  readonly recipe: Recipe;
  readonly recipeHash: string;
  /** For a person. */
  readonly because: readonly string[];
}

/** A file made by a recipe, or on its way to be. */
export interface Rendition extends Pick<MediaFacts, 'width' | 'height' | 'durationMs'> {
  readonly id: string;
  readonly sourceSha256: string;
  readonly sourceMimeType: string;
  readonly sourceBytes: number;
  readonly sourceDurationMs: number | null;
  readonly recipeHash: string;
  readonly recipe: Recipe;
  readonly because: readonly string[];
  readonly state: RenditionState;
  /** Per cent. */
  readonly progress: number;
  /** Null until it is ready, as are type and size. */
  readonly sha256: string | null;
  readonly mimeType: string | null;
  readonly bytes: number | null;
  readonly details: MediaDetails;
  /** Why it could not be made, for a person. */
  readonly error: string | null;
  readonly wakeNo: number;
  readonly claims: number;
  readonly updatedAt: Date;
}

/** What came out. */
export interface MadeFile extends MediaFacts {
  readonly sha256: string;
}

/** It cannot be made, however often it is tried. The message is for the post's owner. */
export class RenditionImpossibleError extends Error {
  override readonly name = 'RenditionImpossibleError';
}
