import { DomainEvent } from '../../../common/events/index.js';

export interface PublishRequestedData {
  readonly postId: string;
  /** Unique per workspace. */
  readonly requestId: string;
  /** ISO instant; null means now. */
  readonly publishAt: string | null;
}

/** Somebody inside the process wants a post published. The request id makes it happen once. */
export class PublishRequested extends DomainEvent<PublishRequestedData> {
  static readonly type = 'publishing.publish-requested';
  static readonly version = 1;
}
