import { DomainEvent } from '../../../common/events/index.js';

export interface PostChangedData {
  readonly postId: string;
  readonly revision: number;
}

/** A post got a new revision. */
export class PostChanged extends DomainEvent<PostChangedData> {
  static readonly type = 'content.post-changed';
  static readonly version = 1;
}
