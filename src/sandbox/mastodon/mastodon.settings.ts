import type { JsonObject } from '../core/json.js';
import { InvalidInput } from '../core/simulator.js';

export interface MastodonSettings {
  /** Software in nodeinfo; other names stand for API-compatible servers. */
  software: string;
  version: string;
  maxCharacters: number;
  maxPollOptions: number;
  /** Whether a repeated Idempotency-Key gives the first status again; some dialects ignore it. */
  idempotencyKeys: boolean;
  /** Whether `/api/v2/*` exists. */
  apiV2: boolean;
  /** Looks at a video, GIF or audio file before it is ready. */
  mediaPolls: number;
  /** Images are processed like videos: 202 first. */
  slowImages: boolean;
  /** Whether processing of media ends in an error. */
  mediaFailure: boolean;
  /** How long a new status is missing in the account's list. */
  readLagMs: number;
  rateLimits: boolean;
}

export function defaultSettings(): MastodonSettings {
  return {
    software: 'mastodon',
    version: '4.5.2',
    maxCharacters: 500,
    maxPollOptions: 4,
    idempotencyKeys: true,
    apiV2: true,
    mediaPolls: 2,
    slowImages: false,
    mediaFailure: false,
    readLagMs: 0,
    rateLimits: true,
  };
}

export function changeSettings(current: MastodonSettings, changes: JsonObject): MastodonSettings {
  const next: Record<string, unknown> = { ...current };
  for (const [key, value] of Object.entries(changes)) {
    if (!(key in next)) throw new InvalidInput(`mastodon has no setting ${key}`);
    if (typeof next[key] !== typeof value) throw new InvalidInput(`mastodon: ${key} has the wrong type`);
    next[key] = value;
  }
  return { ...current, ...next };
}
