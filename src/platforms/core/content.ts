import type { JsonObject } from './json.js';
import type { MediaFit } from './media/canvas.js';
import type { MediaKind } from './media/media-kind.js';
import type { Recipe } from './media/recipe.js';

/** What is made of a file because the platform does not take it as it is. */
export interface PlannedRendition {
  /** Of the file that it is made of. */
  readonly sourceSha256: string;
  readonly recipe: Recipe;
  readonly recipeHash: string;
  /** Why, for a person. */
  readonly because: readonly string[];
}

/**
 * One medium as it was frozen with the post. The bytes are read through `PublishContext.media`. With a rendition, everything
 * is said of that: in preflight as far as it was planned, and when it is published as it came out.
 */
export interface MediaItem {
  /** Asset id (UUID). */
  readonly id: string;
  readonly kind: MediaKind;
  /** By content, never by file name: `image/jpeg`. */
  readonly mimeType: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Pixels after orientation; null where the kind has none or it is not known. */
  readonly width: number | null;
  readonly height: number | null;
  /** Milliseconds; null where the kind has none or it is not known. */
  readonly durationMs: number | null;
  readonly altText: string | null;
  readonly fileName: string;
  /** Absent: the file goes out as it is. */
  readonly rendition?: PlannedRendition;
  /** Why it cannot be made to fit and what helps, for a person: then the content is not sent. */
  readonly unfit?: string;
  /** How its shape may be changed; absent: it may not. */
  readonly fit?: MediaFit;
}

/** A later part of a thread. */
export interface ThreadPart {
  readonly text: string;
  readonly media: readonly MediaItem[];
}

/**
 * What one target says, overrides applied: the input of preflight, preview and publishing alike.
 * Frozen under a content revision before the first run.
 */
export interface TargetContent {
  readonly text: string;
  readonly link: string | null;
  readonly media: readonly MediaItem[];
  /** Parts after the first; empty when the post is no thread. */
  readonly thread: readonly ThreadPart[];
  /** Checked against the platform's settings schema, defaults applied. */
  readonly settings: JsonObject;
}
