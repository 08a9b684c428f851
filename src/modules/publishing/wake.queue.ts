import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { JobQueue } from '../../common/queue/index.js';
import type { NextWake } from './publication.repository.js';
import { runPlan, wakePublication } from './publish.jobs.js';

/** Tells the queue about wakes once they are committed. What a crash swallows in between, the sweep adds again. */
@Injectable()
export class WakeQueue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: JobQueue,
  ) {}

  publication(publicationId: string, wake: NextWake): void {
    const { workspaceId } = this.unitOfWork;
    this.unitOfWork.afterCommit(() =>
      this.queue.add(
        wakePublication,
        { workspaceId, publicationId, wakeNo: wake.wakeNo },
        { id: `${publicationId}.${wake.wakeNo}`, delayMs: wake.inMs },
      ),
    );
  }

  plan(planId: string, runNo: number, inMs: number): void {
    const { workspaceId } = this.unitOfWork;
    this.unitOfWork.afterCommit(() =>
      this.queue.add(runPlan, { workspaceId, planId, runNo }, { id: `${planId}.${runNo}`, delayMs: inMs }),
    );
  }
}
