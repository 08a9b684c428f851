import { DomainEvent } from '../../../common/events/index.js';

export interface PublicationFailedData {
  readonly publicationId: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly code: string;
}

/** A target has ended and nothing of it is on the platform. */
export class PublicationFailed extends DomainEvent<PublicationFailedData> {
  static readonly type = 'publishing.publication-failed';
  static readonly version = 1;
}
