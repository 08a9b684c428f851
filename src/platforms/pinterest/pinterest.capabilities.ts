import type { MediaLimit, PlatformCapabilities } from '../core/index.js';

const second = 1_000;
const minute = 60 * second;

export const altTextLimit = 500;
export const linkLimit = 2_048;
/** What readers see at once; the API takes more. */
export const shownDescription = 500;

const mediaLimits: readonly MediaLimit[] = [
  {
    kind: 'image',
    maxItems: 5,
    mimeTypes: ['image/jpeg', 'image/png'],
    maxBytes: 20_000_000,
    maxAltText: altTextLimit,
  },
  {
    kind: 'video',
    maxItems: 1,
    mimeTypes: ['video/mp4', 'video/quicktime', 'video/x-m4v'],
    maxBytes: 2_000_000_000,
    maxAltText: altTextLimit,
    minDurationMs: 4 * second,
    maxDurationMs: 15 * minute,
    ratio: { min: 1 / 2, max: 1.91 },
    videoCodecs: ['h264', 'hevc'],
  },
];

/** Figures and their sources: README.md. */
export const pinterestCapabilities: PlatformCapabilities = {
  text: { limits: [{ max: 800, unit: 'code_points' }], optionalWithMedia: true },
  link: 'field',
  media: { limits: mediaLimits, maxItems: 5, minItems: 1, mixes: [['image'], ['video']] },
  maxThreadParts: 0,
  pacing: {
    rates: [{ name: 'writes', per: 'account', max: 100, periodMs: minute }],
    pauseMs: minute,
  },
  callDeadlineMs: 60_000,
  reconcile: {
    settleMs: 60_000,
    absentAfterLooks: 2,
    holdsKey: false,
    clockToleranceMs: 2 * minute,
    findsForgotten: true,
  },
  canDelete: true,
  metrics: ['views', 'clicks', 'likes', 'comments', 'saves'],
};
