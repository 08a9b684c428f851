import type { MediaDetails, MediaItem } from '../../platforms/core/index.js';

export type { MediaDetails };

/** Uploads are read at once, so that they are `ready` or refused; the other states are for what is read later. */
export const assetStates = ['processing', 'ready', 'rejected'] as const;
export type AssetState = (typeof assetStates)[number];

/** A medium with whether it can be used. */
export interface MediaDescription extends MediaItem {
  readonly state: AssetState;
  readonly details: MediaDetails;
}

export interface Asset extends MediaDescription {
  readonly blurHash: string | null;
  readonly previewSha256: string | null;
  readonly sourceUrl: string | null;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
}
