import { DomainEvent } from '../../../common/events/index.js';

export interface PublicationCanceledData {
  readonly publicationId: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
}

/** A target was taken back before anything of it went out. */
export class PublicationCanceled extends DomainEvent<PublicationCanceledData> {
  static readonly type = 'publishing.publication-canceled';
  static readonly version = 1;
}
