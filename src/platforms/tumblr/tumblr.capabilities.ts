import type { MediaLimit, PlatformCapabilities } from '../core/index.js';

const hourMs = 60 * 60_000;
const megabyte = 1_000_000;
const maxAltText = 4096;

const image: MediaLimit = {
  kind: 'image',
  maxItems: 30,
  mimeTypes: ['image/jpeg', 'image/png'],
  maxBytes: 20 * megabyte,
  maxAltText,
};
const gif: MediaLimit = {
  kind: 'gif',
  maxItems: 30,
  mimeTypes: ['image/gif'],
  maxBytes: 10 * megabyte,
  maxAltText,
};
const video: MediaLimit = {
  kind: 'video',
  maxItems: 1,
  mimeTypes: ['video/mp4', 'video/quicktime'],
  maxBytes: 500 * megabyte,
  maxDurationMs: 10 * 60_000,
  maxAltText: 0,
};
const audio: MediaLimit = {
  kind: 'audio',
  maxItems: 10,
  mimeTypes: ['audio/mpeg'],
  maxBytes: 10 * megabyte,
  maxAltText: 0,
};

/** Figures and their sources: README.md. */
export const tumblrCapabilities: PlatformCapabilities = {
  // A stored post has at most a megabyte with everything that is written around the words.
  text: { limits: [{ max: 500_000, unit: 'utf8_bytes' }], optionalWithMedia: true },
  link: 'card',
  media: {
    limits: [image, gif, video, audio],
    maxItems: 30,
    mixes: [['image', 'gif', 'video', 'audio']],
  },
  maxThreadParts: 0,
  callDeadlineMs: 60_000,
  pacing: {
    rates: [
      { name: 'posts', per: 'account', max: 250, periodMs: 24 * hourMs },
      { name: 'calls_of_the_hour', per: 'app', max: 1_000, periodMs: hourMs },
      { name: 'calls_of_the_day', per: 'app', max: 5_000, periodMs: 24 * hourMs },
    ],
    // Where a refusal names no time.
    pauseMs: 5 * 60_000,
  },
  reconcile: {
    settleMs: 60_000,
    absentAfterLooks: 2,
    holdsKey: false,
    clockToleranceMs: 60_000,
    findsForgotten: true,
  },
  canDelete: true,
  metrics: ['likes', 'reposts', 'engagements'],
};
