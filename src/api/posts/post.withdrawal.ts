import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { AuditLog, type Caller } from '../../modules/accounts/index.js';
import { type Post, PostsService } from '../../modules/content/index.js';
import { type CancelResult, PlanCommands, planIdOf, PlanReader } from '../../modules/publishing/index.js';
import { SchedulingService } from '../../modules/scheduling/index.js';
import { alreadyGoingOut, PostOutput } from './post.output.js';

/** Taking back what is planned of a post, target by target. */
@Injectable()
export class PostWithdrawal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly posts: PostsService,
    private readonly scheduling: SchedulingService,
    private readonly commands: PlanCommands,
    private readonly plans: PlanReader,
    private readonly output: PostOutput,
    private readonly audit: AuditLog,
  ) {}

  /** Cancels what has not gone out; asked again, it answers the same. */
  cancel({ workspaceId, keyId }: Caller, postId: string): Promise<CancelResult[]> {
    return this.unitOfWork.run(workspaceId, async () => {
      const post = await this.posts.lock(postId);
      const results = await this.withdraw(post);
      if (results.every(({ result }) => result === 'canceled')) await this.posts.markCanceled(postId);
      await this.audit.record({
        keyId,
        action: 'post.canceled',
        subjectType: 'post',
        subjectId: postId,
        details: { results: results.map(({ accountId, result }) => ({ accountId, result })) },
      });
      return results;
    });
  }

  /** Deletes a post of which nothing went out. */
  async delete({ workspaceId, keyId }: Caller, postId: string, ifMatch: number | null): Promise<void> {
    await this.unitOfWork.run(workspaceId, async () => {
      const post = await this.posts.lock(postId);
      await this.posts.delete(postId, ifMatch);
      await this.output.assertNothingOut(postId);
      await this.withdrawWhole(post, { endsAreFine: true });
      await this.audit.record({ keyId, action: 'post.deleted', subjectType: 'post', subjectId: postId });
    });
  }

  /** @throws ConflictError `already-going-out` when a target cannot be taken back; `endsAreFine`: unless it has failed anyway. */
  async withdrawWhole(post: Post, { endsAreFine }: { readonly endsAreFine: boolean }): Promise<void> {
    for (const { result, publicationId } of await this.withdraw(post)) {
      if (result === 'canceled') continue;
      const view = endsAreFine ? await this.plans.findPublication(publicationId) : null;
      if (view?.status !== 'failed' && view?.status !== 'skipped') throw alreadyGoingOut();
    }
  }

  /** The post must be locked. Lock order: post, occurrence, plan, publications. */
  private async withdraw(post: Post): Promise<CancelResult[]> {
    const { id: postId, occurrenceId, dueAt } = post;
    const latest = await this.plans.latestOf(postId);
    const ofOccurrence = occurrenceId !== null && (latest === null || latest.id === planIdOf(occurrenceId));
    const reopened = latest?.status === 'canceled' && occurrenceId !== null && post.canceledAt === null;
    if (occurrenceId === null || dueAt === null || !(ofOccurrence || reopened))
      return this.commands.cancel(postId);
    if (latest === null || latest.startedAt === null || reopened)
      await this.scheduling.cancel(occurrenceId, postId);
    return this.commands.cancelOccurrence(postId, occurrenceId, dueAt);
  }
}
