import { defineJob } from '../../common/queue/index.js';

/** The first run of a plan: all its targets at once. */
export interface RunPlanPayload {
  readonly workspaceId: string;
  readonly planId: string;
  readonly runNo: number;
}

/** Every later run: one target. */
export interface WakePublicationPayload {
  readonly workspaceId: string;
  readonly publicationId: string;
  readonly wakeNo: number;
}

/** A wish to publish from another process. */
export interface PublishRequestPayload {
  readonly workspaceId: string;
  readonly postId: string;
  readonly requestId: string;
  /** ISO instant; null: now. */
  readonly publishAt: string | null;
}

export const runPlan = defineJob<RunPlanPayload>('publish-posts', 'run-plan');
export const wakePublication = defineJob<WakePublicationPayload>('publish-posts', 'wake-publication');
export const requestPublish = defineJob<PublishRequestPayload>('publish-requests', 'request-publish');

export const publishingJobs = [runPlan, wakePublication, requestPublish];
