import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { JobQueue } from '../../common/queue/index.js';
import { type NextWake, PublicationRepository } from './publication.repository.js';
import { runPlan, wakePublication, type WakePublicationPayload } from './publish.jobs.js';

/**
 * Tells the queue about wakes once they are committed. What a crash swallows in between, the sweep adds again. The rank
 * within the workspace's due backlog is the job's priority, so that no backlog keeps another workspace waiting.
 */
@Injectable()
export class WakeQueue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: JobQueue,
    private readonly publications: PublicationRepository,
  ) {}

  publication(publicationId: string, wake: NextWake): void {
    const { workspaceId } = this.unitOfWork;
    const id = `${publicationId}.${wake.wakeNo}`;
    this.afterCommit(publicationId, wake.inMs, (priority) =>
      this.queue.add(
        wakePublication,
        { workspaceId, publicationId, wakeNo: wake.wakeNo },
        { id, delayMs: wake.inMs, priority },
      ),
    );
  }

  /** For a wake that is due and committed already, and whose rank is known. */
  again(wake: WakePublicationPayload, rank: number): Promise<void> {
    return this.queue.add(wakePublication, wake, {
      id: `${wake.publicationId}.${wake.wakeNo}`,
      priority: rank,
    });
  }

  plan(planId: string, runNo: number, inMs: number): void {
    const { workspaceId } = this.unitOfWork;
    const id = `${planId}.${runNo}`;
    this.afterCommit(planId, inMs, (priority) =>
      this.queue.add(runPlan, { workspaceId, planId, runNo }, { id, delayMs: inMs, priority }),
    );
  }

  private afterCommit(subjectId: string, inMs: number, add: (priority: number) => Promise<void>): void {
    const { workspaceId } = this.unitOfWork;
    this.unitOfWork.afterCommit(async () => {
      const rank = await this.unitOfWork.run(workspaceId, async () =>
        this.publications.rank(inMs, await this.publications.priorityOf(subjectId)),
      );
      await add(rank);
    });
  }
}
