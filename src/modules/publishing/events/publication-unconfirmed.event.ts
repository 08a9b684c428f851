import { DomainEvent } from '../../../common/events/index.js';

export interface PublicationUnconfirmedData {
  readonly publicationId: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
}

/** Whether a target is live cannot be told without a person. */
export class PublicationUnconfirmed extends DomainEvent<PublicationUnconfirmedData> {
  static readonly type = 'publishing.publication-unconfirmed';
  static readonly version = 1;
}
