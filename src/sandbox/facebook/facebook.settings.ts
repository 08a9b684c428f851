/** What tests may set of the simulator. */
export interface FacebookSettings {
  /** How long a new post is missing in the page's lists. */
  readonly readLagMs: number;
  /** Looks at a video that still find it being processed. */
  readonly processingPolls: number;
  /** Looks at a finished reel, story or feed video that find it not yet published. */
  readonly publishPolls: number;
  /** Videos fail while they are processed. */
  readonly processingFailure: boolean;
  /** Window of one transfer of a classic upload. */
  readonly chunkBytes: number;
  /** Reels that a page may publish through the API in 24 hours. */
  readonly reelsPerDay: number;
  /** Calls that a page may take in 24 hours: 4800 times the people engaged with it. */
  readonly callBudget: number;
  /** How long a page is shut out when the budget is used up; each call meanwhile begins it anew. */
  readonly regainMinutes: number;
  /** Every call has to carry appsecret_proof. */
  readonly requireProof: boolean;
  /** Subcode of 190 for tokens that were taken back: 458 app removed, 459, 460 password changed, 464, 467, 492. */
  readonly revokedSubcode: number;
  /** Figures of every post; comments are counted. */
  readonly mediaViews: number;
  readonly uniqueViews: number;
  readonly clicks: number;
  readonly likes: number;
  readonly shares: number;
}

export const defaultSettings: FacebookSettings = {
  readLagMs: 0,
  processingPolls: 1,
  publishPolls: 1,
  processingFailure: false,
  chunkBytes: 1_048_576,
  reelsPerDay: 30,
  callBudget: 4800,
  regainMinutes: 60,
  requireProof: false,
  revokedSubcode: 458,
  mediaViews: 0,
  uniqueViews: 0,
  clicks: 0,
  likes: 0,
  shares: 0,
};
