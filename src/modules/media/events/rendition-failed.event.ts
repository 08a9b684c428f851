import { DomainEvent } from '../../../common/events/index.js';

export interface RenditionFailedData {
  readonly renditionId: string;
  readonly sourceSha256: string;
  /** For the post's owner. */
  readonly reason: string;
  /** Which posts name the file at this moment. */
  readonly uses: readonly { readonly postId: string; readonly assetId: string }[];
}

/** A file could not be made to fit a platform. */
export class RenditionFailed extends DomainEvent<RenditionFailedData> {
  static readonly type = 'media.rendition-failed';
  static readonly version = 1;
}
