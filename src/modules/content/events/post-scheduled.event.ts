import { DomainEvent } from '../../../common/events/index.js';

export interface PostScheduledData {
  readonly postId: string;
  readonly occurrenceId: string;
}

/** A post has a time. The current time and content are read from Content. */
export class PostScheduled extends DomainEvent<PostScheduledData> {
  static readonly type = 'content.post-scheduled';
  static readonly version = 1;
}
