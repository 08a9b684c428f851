import { DomainEvent } from '../../../common/events/index.js';

export interface RenditionReadyData {
  readonly renditionId: string;
  readonly sourceSha256: string;
}

/** A file was made to fit a platform. */
export class RenditionReady extends DomainEvent<RenditionReadyData> {
  static readonly type = 'media.rendition-ready';
  static readonly version = 1;
}
