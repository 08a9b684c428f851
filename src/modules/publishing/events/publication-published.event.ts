import { DomainEvent } from '../../../common/events/index.js';

export interface PublicationPublishedData {
  readonly publicationId: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly platformPostId: string;
  readonly permalink: string | null;
}

/** A target is live on its platform. */
export class PublicationPublished extends DomainEvent<PublicationPublishedData> {
  static readonly type = 'publishing.publication-published';
  static readonly version = 1;
}
