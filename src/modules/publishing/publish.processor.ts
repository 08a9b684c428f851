import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { ProcessesJob } from '../../common/queue/index.js';
import { PublishRequested } from './events/index.js';
import {
  type PublishRequestPayload,
  requestPublish,
  runPlan,
  type RunPlanPayload,
  wakePublication,
  type WakePublicationPayload,
} from './publish.jobs.js';
import { PublishingService } from './publishing.service.js';

/** The jobs of publishing: ids in, the database decides. */
@Injectable()
export class PublishProcessor {
  constructor(
    private readonly publishing: PublishingService,
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: EventRecorder,
  ) {}

  @ProcessesJob(runPlan)
  async runPlan({ workspaceId, planId, runNo }: RunPlanPayload): Promise<void> {
    await this.publishing.publishPlan(workspaceId, planId, runNo);
  }

  @ProcessesJob(wakePublication)
  async wake({ workspaceId, publicationId, wakeNo }: WakePublicationPayload): Promise<void> {
    await this.publishing.wakePublication(workspaceId, publicationId, wakeNo);
  }

  /** Goes through the outbox, so that a request that cannot be carried out now is repeated like any delivery. */
  @ProcessesJob(requestPublish)
  async request({ workspaceId, postId, requestId, publishAt }: PublishRequestPayload): Promise<void> {
    await this.unitOfWork.run(workspaceId, () => {
      this.recorder.record(new PublishRequested(workspaceId, { postId, requestId, publishAt }));
      return Promise.resolve();
    });
  }
}
