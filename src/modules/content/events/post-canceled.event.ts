import { DomainEvent } from '../../../common/events/index.js';

export interface PostCanceledData {
  readonly postId: string;
  readonly occurrenceId: string | null;
}

/** What was scheduled of a post was taken back. */
export class PostCanceled extends DomainEvent<PostCanceledData> {
  static readonly type = 'content.post-canceled';
  static readonly version = 1;
}
