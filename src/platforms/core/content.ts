import type { JsonObject } from './json.js';

export const mediaKinds = ['image', 'gif', 'video', 'audio', 'document'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** One medium as it was frozen with the post. The bytes are read through `PublishContext.media`. */
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
