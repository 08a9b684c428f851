import type { JsonObject } from '../core/json.js';

/** What tests may set of the simulator. */
export interface GoogleBusinessSettings {
  /** How long a new post is PROCESSING. */
  readonly reviewMs: number;
  /** Whether the review ends in REJECTED; a phone number in the text does that always. */
  readonly rejects: boolean;
  /** How long such a post was LIVE before. */
  readonly lateRejectionMs: number;
  /** How long a new post is missing in the location's list. */
  readonly readLagMs: number;
  /** Posts never get a `searchUrl`. */
  readonly withoutSearchUrl: boolean;
  /** False: Google has not approved the project, and every quota is 0. */
  readonly approved: boolean;
  /** The APIs are not switched on in the project. */
  readonly serviceDisabled: boolean;
  /** Calls of the project per minute and API. */
  readonly queriesPerMinute: number;
  /** Posts made, changed or deleted per minute and profile; 0 does not count them: whether Google does is not known. */
  readonly postEditsPerMinute: number;
  /** The consent screen is "External" and "Testing": refresh tokens live for seven days. */
  readonly testingApp: boolean;
  /** Figures of every location per day, by name of the metric. */
  readonly dailyMetrics: JsonObject;
}

export const defaultSettings: GoogleBusinessSettings = {
  reviewMs: 1000,
  rejects: false,
  lateRejectionMs: 0,
  readLagMs: 0,
  withoutSearchUrl: false,
  approved: true,
  serviceDisabled: false,
  queriesPerMinute: 300,
  postEditsPerMinute: 0,
  testingApp: false,
  dailyMetrics: {},
};
