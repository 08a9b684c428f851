import { DomainEvent } from '../../../common/events/index.js';

export interface PublicationResolvedData {
  readonly publicationId: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly verdict: string;
}

/** A person or late evidence decided what had been unconfirmed. */
export class PublicationResolved extends DomainEvent<PublicationResolvedData> {
  static readonly type = 'publishing.publication-resolved';
  static readonly version = 1;
}
