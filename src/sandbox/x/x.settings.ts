/** What tests may set of the simulator. */
export interface XSettings {
  /** How long a new post is missing in timelines and look-ups. */
  readonly readLagMs: number;
  /** How long a video or GIF is processed after it was finalized. */
  readonly processingMs: number;
  /** Name of the error that processing ends in: `InvalidMedia`, `UnsupportedMedia`; empty: it succeeds. */
  readonly processingError: string;
  /** How long a finished upload is still unknown to posts. */
  readonly mediaLagMs: number;
  /** How long the same words count as a duplicate. */
  readonly duplicateWindowMs: number;
  /** Whether deleting a post that is not there succeeds; otherwise it is a 404. */
  readonly deletesUnknown: boolean;
  readonly rateLimits: boolean;
  /** The prepaid credits of the app are used up. */
  readonly creditsDepleted: boolean;
  /** The monthly cap of reads is used up. */
  readonly readsCapped: boolean;
  /** Whether the access package may mention people. */
  readonly mentions: boolean;
  /** Figures that every post has. */
  readonly likes: number;
  readonly reposts: number;
  readonly quotes: number;
  readonly bookmarks: number;
  readonly impressions: number;
}

export const defaultSettings: XSettings = {
  readLagMs: 0,
  processingMs: 2_000,
  processingError: '',
  mediaLagMs: 0,
  duplicateWindowMs: 24 * 60 * 60_000,
  deletesUnknown: true,
  rateLimits: true,
  creditsDepleted: false,
  readsCapped: false,
  mentions: true,
  likes: 0,
  reposts: 0,
  quotes: 0,
  bookmarks: 0,
  impressions: 0,
};
