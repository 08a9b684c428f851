import { DomainEvent } from '../../../common/events/index.js';

export interface PublicationRetryingData {
  readonly publicationId: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly code: string;
  /** ISO instant. */
  readonly retryAt: string;
}

/** A target failed for now and will be tried again. */
export class PublicationRetrying extends DomainEvent<PublicationRetryingData> {
  static readonly type = 'publishing.publication-retrying';
  static readonly version = 1;
}
