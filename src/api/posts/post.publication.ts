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
   * Answers the id of the plan: the pending one moved to now, or a new one for what is not out yet. The Idempotency-Key names
   * the wish, so that it makes one plan, however often it is sent. A draft has to be complete: looked at before, to say what
   * is missing, and again under the lock that publishing has taken.
   */
  publish({ workspaceId, keyId }: Caller, postId: string, claim: Claim | null): Promise<string> {
    const requestId = claim === null ? newId() : `idempotency-key:${postId}:${claim.key}`;
    return this.unitOfWork.run(workspaceId, async () => {
      await this.assertComplete(postId);
      const planId = await this.publishing.publishNow(workspaceId, postId, { requestId });
      await this.assertComplete(postId);
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

  private async assertComplete(postId: string): Promise<void> {
    const { editorialState } = await this.posts.get(postId);
    if (editorialState === 'draft') await this.posts.assertComplete(postId);
  }
}
