import type { JsonObject } from '../core/json.js';

/** What tests may set of the simulator. */
export interface ThreadsSettings {
  /** Until a container of this kind is FINISHED. */
  readonly textMs: number;
  readonly imageMs: number;
  readonly videoMs: number;
  /** Whether processing of media ends in ERROR, and the `error_message` that it ends with. */
  readonly mediaFailure: string;
  /** So many publishes of each container end in "Media Not Found" although its status is FINISHED. */
  readonly publishRaces: number;
  /** How long a new post is missing in the lists of posts and replies. */
  readonly readLagMs: number;
  /** How long a new post cannot be replied to. */
  readonly replyLagMs: number;
  /** Once it is published, the status of a container is a nonexisting field instead of PUBLISHED. */
  readonly forgetsContainers: boolean;
  /** Topic tag that is not allowed. */
  readonly forbiddenTopic: string;
  /** Whether every link card is refused, at creation. */
  readonly refusesLinkCards: boolean;
  /** Caps of 24 hours. */
  readonly postQuota: number;
  readonly replyQuota: number;
  readonly deleteQuota: number;
  /** Calls are 4800 times as many in 24 hours, 10 at least. */
  readonly impressions: number;
  /** Figures of every post, beside the replies, reposts and quotes that are there. */
  readonly insights: JsonObject;
}

export const defaultSettings: ThreadsSettings = {
  textMs: 1000,
  imageMs: 2000,
  videoMs: 8000,
  mediaFailure: '',
  publishRaces: 0,
  readLagMs: 0,
  replyLagMs: 0,
  forgetsContainers: false,
  forbiddenTopic: '',
  refusesLinkCards: false,
  postQuota: 250,
  replyQuota: 1000,
  deleteQuota: 100,
  impressions: 10,
  insights: {},
};
