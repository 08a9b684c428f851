import { DomainEvent } from '../../../common/events/index.js';

export interface PublicationDeletedData {
  readonly publicationId: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
}

/** Everything of a publication was taken back from the platform, at the request of a client. */
export class PublicationDeleted extends DomainEvent<PublicationDeletedData> {
  static readonly type = 'publishing.publication-deleted';
  static readonly version = 1;
}
