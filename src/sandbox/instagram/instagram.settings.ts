import type { JsonObject } from '../core/json.js';

/** What tests may set of the simulator. */
export interface InstagramSettings {
  /** Until a container of this kind is FINISHED. */
  readonly imageMs: number;
  readonly videoMs: number;
  readonly carouselMs: number;
  /** Number (`2207082`) that processing of every video ends with; empty: it ends well. */
  readonly processingFailure: string;
  /** So many publishes of each container end in 24/2207006 although its status is FINISHED. */
  readonly publishRaces: number;
  /** How long a new post is missing in the lists of posts and stories. */
  readonly readLagMs: number;
  /** Caps of 24 hours: posts, and containers. */
  readonly publishQuota: number;
  readonly containerQuota: number;
  /** Calls are 4800 times as many in 24 hours, 10 at least. */
  readonly impressions: number;
  /** Shape of the answer to a code: `flat` (the id is a bare number) or `data` (a list of one). */
  readonly tokenShape: string;
  /** Whether `upload_type=resumable` is refused behind the Instagram Login. */
  readonly refusesInstagramUploads: boolean;
  readonly collaborators: number;
  readonly trialReels: boolean;
  /** Whether every comment is refused with 20/1772107. */
  readonly refusesComments: boolean;
  /** Whether posts are of a type that cannot be deleted: -1/2207073. */
  readonly undeletable: boolean;
  /** Who is not found (110/2207018) and who may not be tagged (210/2207066). */
  readonly unknownUsername: string;
  readonly untaggableUsername: string;
  /** Figures of every post, beside the comments that are there. */
  readonly insights: JsonObject;
}

export const defaultSettings: InstagramSettings = {
  imageMs: 1000,
  videoMs: 5000,
  carouselMs: 1000,
  processingFailure: '',
  publishRaces: 0,
  readLagMs: 0,
  publishQuota: 100,
  containerQuota: 400,
  impressions: 10,
  tokenShape: 'flat',
  refusesInstagramUploads: false,
  collaborators: 3,
  trialReels: true,
  refusesComments: false,
  undeletable: false,
  unknownUsername: 'nobody.here',
  untaggableUsername: 'leave.me.alone',
  insights: {},
};
