import type { MediaKind } from './media-kind.js';

/** What a file is made of, as far as it was read. A field is absent where the kind has none or it is not known. */
export interface MediaDetails {
  readonly animated?: boolean;
  readonly frames?: number;
  readonly hasAlpha?: boolean;
  /** Clockwise degrees, already applied in width and height. */
  readonly rotation?: number;
  /** It carries more than how to show it: where and with what it was taken, by whom, remarks. */
  readonly metadata?: boolean;
  /** MP4's own name of the container is `mov,mp4,m4a,…`. */
  readonly container?: string;
  readonly videoCodec?: string;
  readonly audioCodec?: string;
  /** Frames per second. */
  readonly frameRate?: number;
  /** Bits per second, of everything. */
  readonly bitRate?: number;
  readonly pixelFormat?: string;
  /** Of MP4 and MOV: whether the index stands before the pictures, so that a player can start at once. */
  readonly fastStart?: boolean;
  /** Of a document. */
  readonly pages?: number;
  /** Of a document's first page as it is shown, points: 72 to an inch. */
  readonly pageSize?: { readonly width: number; readonly height: number };
  /** Why it was not read further, for a person. */
  readonly unread?: string;
}

/** A file as it was probed: what the planner decides by. */
export interface MediaFacts {
  readonly kind: MediaKind;
  /** By content. */
  readonly mimeType: string;
  readonly bytes: number;
  /** Pixels after orientation; null where the kind has none or it is not known. */
  readonly width: number | null;
  readonly height: number | null;
  /** Milliseconds; null where the kind has none or it is not known. */
  readonly durationMs: number | null;
  readonly details: MediaDetails;
}
