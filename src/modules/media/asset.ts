import type { MediaItem } from '../../platforms/core/index.js';

/** Uploads are read at once, so that they are `ready` or refused; the other states are for what is read later. */
export const assetStates = ['processing', 'ready', 'rejected'] as const;
export type AssetState = (typeof assetStates)[number];

/** A medium with whether it can be used. */
export interface MediaDescription extends MediaItem {
  readonly state: AssetState;
}

/** What a file is made of, as far as it was read. A field is absent where the kind has none or it is not known. */
export interface MediaDetails {
  readonly animated?: boolean;
  readonly frames?: number;
  readonly hasAlpha?: boolean;
  /** Clockwise degrees, already applied in width and height. */
  readonly rotation?: number;
  /** MP4's own name of the container is `mov,mp4,m4a,…`. */
  readonly container?: string;
  readonly videoCodec?: string;
  readonly audioCodec?: string;
  /** Frames per second. */
  readonly frameRate?: number;
  /** Bits per second, of everything. */
  readonly bitRate?: number;
  readonly pixelFormat?: string;
  readonly pages?: number;
  /** Why it was not read further, for a person. */
  readonly unread?: string;
}

export interface Asset extends MediaDescription {
  readonly details: MediaDetails;
  readonly blurHash: string | null;
  readonly previewSha256: string | null;
  readonly sourceUrl: string | null;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
}
