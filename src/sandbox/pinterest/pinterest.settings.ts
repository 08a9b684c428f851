/** What tests may set of the simulator. */
export interface PinterestSettings {
  /** How long a new pin is missing in lists and look-ups. */
  readonly readLagMs: number;
  /** How long an uploaded video is processed. */
  readonly videoMs: number;
  /** Whether processing ends in `failed`. */
  readonly videoFails: boolean;
  /** The shortest video; 0 for tiny clips. */
  readonly minVideoMs: number;
  /** How long the policy of an upload is good. */
  readonly uploadPolicyMs: number;
  readonly rateLimits: boolean;
  /** Calls per minute, person and app. */
  readonly writesPerMinute: number;
  readonly readsPerMinute: number;
  readonly analyticsPerMinute: number;
  /** A second write to a board within this time is a 429; 0: as many as come. */
  readonly boardWindowMs: number;
  /** The app has Trial access: no pins in production, 1,000 calls a day. */
  readonly trial: boolean;
  /** The app's consumer type is not supported: every call is a 401. */
  readonly unsupportedConsumer: boolean;
  /** Links to this domain are blocked as spam. */
  readonly blockedDomain: string;
  /** `data_status` of every day of the analytics. */
  readonly dataStatus: string;
  /** Figures of every pin. */
  readonly impressions: number;
  readonly saves: number;
  readonly pinClicks: number;
  readonly outboundClicks: number;
  readonly comments: number;
  readonly reactions: number;
  readonly videoViews: number;
}

export const defaultSettings: PinterestSettings = {
  readLagMs: 0,
  videoMs: 2_000,
  videoFails: false,
  minVideoMs: 4_000,
  uploadPolicyMs: 10 * 60_000,
  rateLimits: true,
  writesPerMinute: 100,
  readsPerMinute: 1_000,
  analyticsPerMinute: 300,
  boardWindowMs: 0,
  trial: false,
  unsupportedConsumer: false,
  blockedDomain: 'spam.example',
  dataStatus: 'READY',
  impressions: 0,
  saves: 0,
  pinClicks: 0,
  outboundClicks: 0,
  comments: 0,
  reactions: 0,
  videoViews: 0,
};
