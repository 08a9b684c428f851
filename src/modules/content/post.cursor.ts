import { Injectable } from '@nestjs/common';
import { Signer } from '../../common/crypto/index.js';
import { ValidationFailedError } from '../../common/errors/index.js';

const purpose = 'content.posts-cursor';

/** Cursors of lists of posts: opaque to clients, so that they may change. */
@Injectable()
export class PostCursor {
  constructor(private readonly signer: Signer) {}

  after(postId: string): string {
    return this.signer.toToken(purpose, postId);
  }

  /** Throws ValidationFailedError when it was not made here. */
  read(cursor: string): string {
    const postId = this.signer.fromToken(purpose, cursor);
    if (postId !== null) return postId;
    throw new ValidationFailedError([
      {
        pointer: '/cursor',
        rule: 'cursor_invalid',
        message: 'The cursor is none of ours.',
        remedy: 'Use nextCursor of the page before, unchanged, or leave it out to start again.',
      },
    ]);
  }
}
