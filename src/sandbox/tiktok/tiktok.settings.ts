import type { JsonObject } from '../core/json.js';

/** What tests may set of the simulator. */
export interface TiktokSettings {
  /** From the last byte, or from the address to pull from, until the post is made or has failed. */
  readonly uploadMs: number;
  readonly downloadMs: number;
  /** From then until a public post has an id that others see. */
  readonly moderationMs: number;
  /** How long a public post is missing in the list after that. */
  readonly readLagMs: number;
  /** A `fail_reason` that the next posts end with; empty: by their content. */
  readonly failReason: string;
  /** After so long the person posts a draft from the app; 0: never. */
  readonly draftsPostedAfterMs: number;
  /** An app that was not audited posts for private accounts only, and only for themselves to see. */
  readonly audited: boolean;
  /** Domains, and prefixes of addresses with a slash at their end, that the app has verified; commas between them. */
  readonly verifiedUrls: string;
  /** Status of the errors of the token endpoint. */
  readonly oauthErrorStatus: number;
  /** Requests of one token in a sliding minute. */
  readonly initsPerMinute: number;
  readonly statusPerMinute: number;
  readonly creatorInfoPerMinute: number;
  readonly readsPerMinute: number;
  /** In 24 hours: direct posts and drafts of one creator, creators of the app, and creators of an app without audit. */
  readonly postsPerDay: number;
  readonly pendingShares: number;
  readonly activeCreators: number;
  readonly unauditedCreators: number;
  /** Figures of every public post: `view_count`, `like_count`, `comment_count`, `share_count`. */
  readonly figures: JsonObject;
}

export const defaultSettings: TiktokSettings = {
  uploadMs: 1000,
  downloadMs: 1000,
  moderationMs: 0,
  readLagMs: 0,
  failReason: '',
  draftsPostedAfterMs: 0,
  audited: true,
  verifiedUrls: '127.0.0.1,localhost',
  oauthErrorStatus: 200,
  initsPerMinute: 6,
  statusPerMinute: 30,
  creatorInfoPerMinute: 20,
  readsPerMinute: 600,
  postsPerDay: 15,
  pendingShares: 5,
  activeCreators: 10_000,
  unauditedCreators: 5,
  figures: {},
};
