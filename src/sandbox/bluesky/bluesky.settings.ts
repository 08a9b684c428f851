import { describeJson, type JsonObject, type JsonValue } from '../core/json.js';
import { InvalidInput } from '../core/simulator.js';

export interface BlueskySettings {
  /** Largest image: 1,000,000 bytes on older servers, 2,000,000 in the 2026 lexicon. */
  readonly maxImageBytes: number;
  /** How long the AppView lags behind the repositories. */
  readonly appViewLagMs: number;
  /** Looks at a video job before it is done. */
  readonly videoPolls: number;
  /** Failure code that every video job ends with. */
  readonly videoFailure: string | null;
  readonly rateLimits: boolean;
  /** Figures of every post. */
  readonly likes: number;
  readonly reposts: number;
  readonly bookmarks: number;
}

export function defaultSettings(): BlueskySettings {
  return {
    maxImageBytes: 1_000_000,
    appViewLagMs: 1500,
    videoPolls: 2,
    videoFailure: null,
    rateLimits: true,
    likes: 0,
    reposts: 0,
    bookmarks: 0,
  };
}

export function changeSettings(current: BlueskySettings, changes: JsonObject): BlueskySettings {
  const next = { ...current };
  for (const [key, value] of Object.entries(changes)) {
    switch (key) {
      case 'maxImageBytes':
      case 'appViewLagMs':
      case 'videoPolls':
      case 'likes':
      case 'reposts':
      case 'bookmarks':
        next[key] = numberOf(key, value);
        break;
      case 'videoFailure':
        next.videoFailure = value === null ? null : describeJson(value);
        break;
      case 'rateLimits':
        next.rateLimits = value === true;
        break;
      default:
        throw new InvalidInput(`bluesky has no setting ${key}`);
    }
  }
  return next;
}

function numberOf(key: string, value: JsonValue): number {
  if (typeof value !== 'number') throw new InvalidInput(`${key} must be a number`);
  return value;
}
