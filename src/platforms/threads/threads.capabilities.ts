import type { MediaLimit, PlatformCapabilities } from '../core/index.js';

const maxCarousel = 20;
const maxAltText = 1000;

const image: MediaLimit = {
  kind: 'image',
  maxItems: maxCarousel,
  mimeTypes: ['image/jpeg', 'image/png'],
  maxBytes: 8_000_000,
  delivery: 'pull',
  maxAltText,
  maxRatio: 10,
};

const video: MediaLimit = {
  kind: 'video',
  maxItems: maxCarousel,
  mimeTypes: ['video/mp4', 'video/quicktime'],
  maxBytes: 1_000_000_000,
  delivery: 'pull',
  maxAltText,
  maxWidth: 1920,
  ratio: { min: 0.01, max: 10 },
  maxDurationMs: 300_000,
  videoCodecs: ['h264', 'hevc'],
  audioCodecs: ['aac'],
  minFrameRate: 23,
  maxFrameRate: 60,
  maxBitRate: 25_000_000,
};

/** Figures and their sources: README.md. */
export const threadsCapabilities: PlatformCapabilities = {
  text: { limits: [{ max: 500, unit: 'emoji_bytes' }], optionalWithMedia: true },
  link: 'card',
  media: { limits: [image, video], maxItems: maxCarousel, mixes: [['image', 'video']] },
  maxThreadParts: 99,
  callDeadlineMs: 60_000,
  pacing: {
    rates: [{ name: 'posts', per: 'account', max: 250, periodMs: 24 * 3_600_000 }],
    // The platform names no time; a call while it throttles extends the block.
    pauseMs: 15 * 60_000,
  },
  reconcile: {
    settleMs: 60_000,
    absentAfterLooks: 2,
    holdsKey: false,
    clockToleranceMs: 60_000,
    findsForgotten: true,
  },
  canDelete: true,
  metrics: ['views', 'likes', 'comments', 'reposts', 'quotes', 'shares'],
};
