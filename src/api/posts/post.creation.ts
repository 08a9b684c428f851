import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { type Claim, IdempotencyService } from '../../common/idempotency/index.js';
import { AuditLog, type Caller } from '../../modules/accounts/index.js';
import { type Post, PostsService } from '../../modules/content/index.js';
import { PlanCommands } from '../../modules/publishing/index.js';
import { toCreatePost } from './post.mapping.js';
import type { CreatePostDto } from './post-requests.dto.js';
import { PostSchedule } from './post.schedule.js';

@Injectable()
export class PostCreation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly posts: PostsService,
    private readonly schedule: PostSchedule,
    private readonly commands: PlanCommands,
    private readonly idempotency: IdempotencyService,
    private readonly audit: AuditLog,
  ) {}

  /** All or nothing. A repeated request finds the post that the first one made, even if that one crashed before it answered. */
  create({ workspaceId, keyId }: Caller, dto: CreatePostDto, claim: Claim | null): Promise<Post> {
    return this.unitOfWork.run(workspaceId, async () => {
      const made = claim?.subject ?? null;
      if (made !== null) return this.posts.get(made);
      const post = await this.posts.create(toCreatePost(dto, await this.schedule.ofNew(dto)));
      if (post.occurrenceId !== null && post.dueAt !== null) {
        await this.commands.plan(post.id, post.occurrenceId, post.dueAt);
      }
      if (claim !== null) await this.idempotency.remember(claim, post.id);
      await this.audit.record({
        keyId,
        action: 'post.created',
        subjectType: 'post',
        subjectId: post.id,
      });
      return post;
    });
  }
}
