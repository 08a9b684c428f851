import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { AuditLog, type Caller } from '../../modules/accounts/index.js';
import { PostsService, type PostUpdate } from '../../modules/content/index.js';
import { PlanCommands } from '../../modules/publishing/index.js';
import { SchedulingService } from '../../modules/scheduling/index.js';
import { toPatchPost } from './post.mapping.js';
import { PostOutput } from './post.output.js';
import type { UpdatePostDto } from './post-requests.dto.js';
import { PostSchedule } from './post.schedule.js';
import { PostWithdrawal } from './post.withdrawal.js';

/** Changes of a post, together with what is planned of it: one unit of work, so that what was answered is what will go out. */
@Injectable()
export class PostEdition {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly posts: PostsService,
    private readonly schedule: PostSchedule,
    private readonly scheduling: SchedulingService,
    private readonly commands: PlanCommands,
    private readonly withdrawal: PostWithdrawal,
    private readonly output: PostOutput,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ConflictError `already-going-out`, PreconditionFailedError, ValidationFailedError, NotFoundError */
  async update({ workspaceId, keyId }: Caller, postId: string, change: PostChange): Promise<void> {
    const { dto, ifMatch } = change;
    await this.unitOfWork.run(workspaceId, async () => {
      const before = await this.posts.lock(postId);
      const patch = toPatchPost(dto, await this.schedule.ofChange(dto, before), before.policy);
      const update = await this.posts.update(postId, patch, ifMatch);
      await this.carryOver(update);
      await this.audit.record({
        keyId,
        action: 'post.changed',
        subjectType: 'post',
        subjectId: postId,
        details: { revision: update.post.revision },
      });
    });
  }

  /** Lock order: post (held), occurrence, plan, publications. */
  private async carryOver({ post, before, changes }: PostUpdate): Promise<void> {
    switch (changes.schedule) {
      case 'moved':
        await this.move(post.occurrenceId, post.dueAt);
        break;
      case 'removed':
        await this.withdrawal.withdrawWhole(before, { endsAreFine: false });
        return;
      case 'new':
        await this.output.assertNothingPlanned(post.id);
        if (post.occurrenceId !== null && post.dueAt !== null) {
          await this.commands.plan(post.id, post.occurrenceId, post.dueAt);
        }
        break;
      case 'none':
        break;
    }
    if (!changes.content && !changes.policy) return;
    if (changes.content) await this.output.assertNothingOut(post.id);
    await this.commands.contentChanged(post.id);
  }

  private async move(occurrenceId: string | null, dueAt: Date | null): Promise<void> {
    if (occurrenceId === null || dueAt === null) return;
    await this.scheduling.reschedule(occurrenceId, dueAt);
    await this.commands.reschedule(occurrenceId, dueAt);
  }
}

export interface PostChange {
  readonly dto: UpdatePostDto;
  /** Null: whatever the revision is. */
  readonly ifMatch: number | null;
}
