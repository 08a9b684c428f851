import { defineJob } from '../../../common/queue/index.js';

export interface MakeRenditionPayload {
  readonly workspaceId: string;
  readonly renditionId: string;
}

/** One picture or video made to fit. A queue of its own: it burns CPU while publishing mostly waits. */
export const makeRendition = defineJob<MakeRenditionPayload>('make-renditions', 'make-rendition');

export const mediaJobs = [makeRendition];
