import { DomainEvent } from '../../../common/events/index.js';

export interface DuplicateDetectedData {
  readonly publicationId: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly permalinks: string[];
}

/** Late proof shows that a call taken for absent had succeeded: the post is live twice. */
export class DuplicateDetected extends DomainEvent<DuplicateDetectedData> {
  static readonly type = 'publishing.duplicate-detected';
  static readonly version = 1;
}
