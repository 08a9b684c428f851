import { DomainEvent } from '../../../common/events/index.js';

export interface PublicationSkippedData {
  readonly publicationId: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly reason: string;
}

/** A target was passed over, with a reason. */
export class PublicationSkipped extends DomainEvent<PublicationSkippedData> {
  static readonly type = 'publishing.publication-skipped';
  static readonly version = 1;
}
