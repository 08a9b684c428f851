import type { PlatformCapabilities } from '../core/index.js';

/** Figures and their sources: README.md. */
export const blueskyCapabilities: PlatformCapabilities = {
  text: {
    limits: [
      { max: 300, unit: 'graphemes' },
      { max: 3000, unit: 'utf8_bytes' },
    ],
    optionalWithMedia: true,
  },
  link: 'card',
  media: {
    limits: [
      {
        kind: 'image',
        maxItems: 4,
        mimeTypes: ['image/jpeg', 'image/png', 'image/webp'],
        maxBytes: 1_000_000,
        maxAltText: 2000,
      },
      {
        kind: 'video',
        maxItems: 1,
        mimeTypes: ['video/mp4'],
        maxBytes: 300_000_000,
        maxAltText: 2000,
        maxDurationMs: 180_000,
        videoCodecs: ['h264'],
        audioCodecs: ['aac', 'mp3'],
        pixelFormats: ['yuv420p', 'yuvj420p'],
      },
    ],
    maxItems: 4,
    mixes: [['image'], ['video']],
  },
  maxThreadParts: 99,
  // Fact sheet, section 6: 5000 points an hour and 35,000 a day; a new record costs 3 (a post, and each gate beside it).
  pacing: {
    rates: [
      { name: 'posts', per: 'account', max: 1_666, periodMs: 3_600_000 },
      { name: 'posts_of_a_day', per: 'account', max: 11_666, periodMs: 86_400_000 },
    ],
  },
  callDeadlineMs: 30_000,
  reconcile: {
    settleMs: 0,
    absentAfterLooks: 1,
    holdsKey: true,
    clockToleranceMs: 120_000,
    findsForgotten: true,
  },
  canDelete: true,
  metrics: ['likes', 'comments', 'reposts', 'quotes', 'saves'],
};
