import { DomainEvent } from '../../../common/events/index.js';

export interface PostDeletedData {
  readonly postId: string;
}

/** A post was deleted before anything of it went out. */
export class PostDeleted extends DomainEvent<PostDeletedData> {
  static readonly type = 'content.post-deleted';
  static readonly version = 1;
}
