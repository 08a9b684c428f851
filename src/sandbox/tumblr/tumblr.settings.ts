/** What tests may set of the simulator. */
export interface TumblrSettings {
  /** How long a new post is missing in every list and look-up. */
  readonly readLagMs: number;
  /** How long an uploaded video is transcoded; until then its post cannot be read, and the user can upload no other. */
  readonly transcodingMs: number;
  /** Transcoding comes to nothing: the post never appears. */
  readonly transcodingFails: boolean;
  /** What a second video is told meanwhile: 8010 or 8004. */
  readonly transcodingCode: number;
  /** Each per user and calendar day. */
  readonly postsPerDay: number;
  readonly imagesPerDay: number;
  readonly videosPerDay: number;
  readonly videoSecondsPerDay: number;
  /** Posts in the queue of one blog. */
  readonly queueSize: number;
  /** When a queued post without a time of its own goes out. */
  readonly queueMs: number;
  readonly rateLimits: boolean;
  /** Of the app, for all users together. */
  readonly callsPerHour: number;
  readonly callsPerDay: number;
  /** Of one address. */
  readonly callsPerMinute: number;
  /** Whether a 429 says how long to wait. */
  readonly rateHeaders: boolean;
  /** Nobody can post at the moment (503). */
  readonly postingDisabled: boolean;
  /** Figures that every post has. */
  readonly likes: number;
  readonly reblogs: number;
  readonly replies: number;
}

export const defaultSettings: TumblrSettings = {
  readLagMs: 0,
  transcodingMs: 2_000,
  transcodingFails: false,
  transcodingCode: 8010,
  postsPerDay: 250,
  imagesPerDay: 250,
  videosPerDay: 20,
  videoSecondsPerDay: 3_600,
  queueSize: 1_000,
  queueMs: 12 * 60 * 60_000,
  rateLimits: true,
  callsPerHour: 1_000,
  callsPerDay: 5_000,
  callsPerMinute: 300,
  rateHeaders: true,
  postingDisabled: false,
  likes: 0,
  reblogs: 0,
  replies: 0,
};
