import { DomainEvent } from '../../../common/events/index.js';

export interface MediaReadyData {
  readonly assetId: string;
  readonly kind: string;
}

/** An uploaded file was read and can be used in posts. */
export class MediaReady extends DomainEvent<MediaReadyData> {
  static readonly type = 'media.media-ready';
  static readonly version = 1;
}
