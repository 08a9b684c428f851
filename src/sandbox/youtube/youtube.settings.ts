/** What tests may set of the simulator. */
export interface YoutubeSettings {
  /** How long a new video is missing in the channel's playlists. */
  readonly readLagMs: number;
  /** Looks at a video that still find it being processed. */
  readonly processingPolls: number;
  /** `failureReason` that processing ends in; empty: what is a video succeeds. */
  readonly failureReason: string;
  /** `rejectionReason` of every video; empty: none. */
  readonly rejectionReason: string;
  /** Whether a file that the channel has uploaded before is rejected as a duplicate. */
  readonly rejectsDuplicates: boolean;
  /** Whether the project has passed the audit; without it every upload is locked to private. */
  readonly audited: boolean;
  /** Whether the consent screen is in testing: refresh tokens then live seven days. */
  readonly consentInTesting: boolean;
  /** Of each PUT at most so many bytes are kept; 0: all. */
  readonly keptPerPut: number;
  /** How long an upload session is known. */
  readonly sessionMs: number;
  /** Status that a lost session answers: 404 or 410. */
  readonly goneStatus: number;
  /** Calls of videos.insert in a Pacific day, of all channels together. */
  readonly insertsPerDay: number;
  /** Units of everything else in a Pacific day. */
  readonly unitsPerDay: number;
  /** Videos that one channel may upload in 24 hours. */
  readonly channelUploadsPerDay: number;
  /** Thumbnails that one channel may set in 24 hours. */
  readonly thumbnailsPerDay: number;
  readonly thumbnailBytes: number;
  /** Whether the API is switched on in the project. */
  readonly apiEnabled: boolean;
  /** Figures of every video. */
  readonly views: number;
  readonly likes: number;
  /** Whether the figures of likes are hidden, and so left out. */
  readonly hidesLikes: boolean;
}

const DAY_MS = 24 * 60 * 60_000;

export const defaultSettings: YoutubeSettings = {
  readLagMs: 0,
  processingPolls: 1,
  failureReason: '',
  rejectionReason: '',
  rejectsDuplicates: false,
  audited: true,
  consentInTesting: false,
  keptPerPut: 0,
  sessionMs: 7 * DAY_MS,
  goneStatus: 404,
  insertsPerDay: 100,
  unitsPerDay: 10_000,
  channelUploadsPerDay: 1_000,
  thumbnailsPerDay: 1_000,
  thumbnailBytes: 50 * 1_048_576,
  apiEnabled: true,
  views: 0,
  likes: 0,
  hidesLikes: false,
};
