import type { JsonObject } from '../core/json.js';

/** What tests may set of the simulator. */
export interface LinkedinSettings {
  /** The first and the last version that still answers; others are gone. */
  readonly oldestVersion: string;
  readonly latestVersion: string;
  /** Approved partner apps only. */
  readonly refreshTokens: boolean;
  /** Calls that create a post: of one member, of the app, per day from 00:00 UTC. */
  readonly postsPerMemberDay: number;
  readonly postsPerAppDay: number;
  readonly commentsPerMinute: number;
  /** How long a new post is missing in the author's list. */
  readonly readLagMs: number;
  /** How long the feed does not know a new post yet: nobody can comment on it. */
  readonly activityLagMs: number;
  /** How long pictures, documents and videos are processed after the last byte. */
  readonly imageMs: number;
  readonly documentMs: number;
  readonly videoMs: number;
  /** Whether processing ends in an error. */
  readonly mediaFailure: boolean;
  readonly uploadUrlMs: number;
  readonly partBytes: number;
  readonly minVideoBytes: number;
  /** How long a created post is PUBLISH_REQUESTED, and whether it is dropped then. */
  readonly publishMs: number;
  readonly publishFails: boolean;
  /** A deleted post is still a duplicate for two days, and the post that is cited cannot be read. */
  readonly ghostDuplicates: boolean;
  /** Figures that every post has, by the names of `totalShareStatistics`. */
  readonly statistics: JsonObject;
}

export const defaultSettings: LinkedinSettings = {
  oldestVersion: '202512',
  latestVersion: '202609',
  refreshTokens: true,
  postsPerMemberDay: 150,
  postsPerAppDay: 100_000,
  commentsPerMinute: 20,
  readLagMs: 0,
  activityLagMs: 0,
  imageMs: 2_000,
  documentMs: 3_000,
  videoMs: 10_000,
  mediaFailure: false,
  uploadUrlMs: 24 * 60 * 60_000,
  partBytes: 4_194_304,
  minVideoBytes: 75_000,
  publishMs: 0,
  publishFails: false,
  ghostDuplicates: false,
  statistics: {},
};
