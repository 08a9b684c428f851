import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import type { Claim } from '../../common/idempotency/index.js';
import { newId } from '../../common/ids/index.js';
import { AuditLog, type Caller } from '../../modules/accounts/index.js';
import { PostsService } from '../../modules/content/index.js';
import { PublishingService } from '../../modules/publishing/index.js';

/** Publishing a post at once, on request. */
@Injectable()
export class PostPublication {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly posts: PostsService,
    private readonly publishing: PublishingService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Answers the id of the plan: the pending one moved to now, or a new one for what is not out yet. A draft has to be whole
   * by now. The Idempotency-Key names the wish, so that it makes one plan, however often it is sent.
   */
  publish({ workspaceId, keyId }: Caller, postId: string, claim: Claim | null): Promise<string> {
    const requestId = claim === null ? newId() : `idempotency-key:${postId}:${claim.key}`;
    return this.unitOfWork.run(workspaceId, async () => {
      const post = await this.posts.lock(postId);
      if (post.editorialState === 'draft') await this.posts.assertComplete(postId);
      const planId = await this.publishing.publishNow(workspaceId, postId, { requestId });
      await this.audit.record({
        keyId,
        action: 'post.publish-requested',
        subjectType: 'post',
        subjectId: postId,
        details: { planId },
      });
      return planId;
    });
  }
}
