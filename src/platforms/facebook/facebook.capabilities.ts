import type { MediaLimit, PlatformCapabilities } from '../core/index.js';

const minute = 60_000;
const photo: MediaLimit = {
  kind: 'image',
  maxItems: 10,
  mimeTypes: ['image/jpeg', 'image/png'],
  maxBytes: 4_000_000,
  // Nowhere documented; a figure of ours.
  maxAltText: 1000,
};
const video: MediaLimit = {
  kind: 'video',
  maxItems: 1,
  mimeTypes: ['video/mp4', 'video/quicktime'],
  maxBytes: 10 * 1024 ** 3,
  maxDurationMs: 240 * minute,
  maxAltText: 0,
};
const upright: MediaLimit = {
  ...video,
  mimeTypes: ['video/mp4'],
  minWidth: 540,
  minHeight: 960,
  ratio: { min: 0.56, max: 0.57 },
  minFrameRate: 23.9,
  maxFrameRate: 60,
  videoCodecs: ['h264', 'hevc', 'vp9', 'av1'],
  audioCodecs: ['aac'],
  pixelFormats: ['yuv420p'],
  fastStart: true,
};
const text = { limits: [{ max: 63_206, unit: 'utf16_units' }], optionalWithMedia: true } as const;

/** Figures and their sources: README.md. */
export const facebookCapabilities: PlatformCapabilities = {
  text,
  link: 'field',
  media: { limits: [photo, video], maxItems: 10, mixes: [['image'], ['video']] },
  variants: [
    {
      name: 'reel',
      when: { settings: { format: 'reel' } },
      link: 'in_text',
      media: {
        limits: [{ ...upright, minDurationMs: 3_000, maxDurationMs: 90_000 }],
        maxItems: 1,
        minItems: 1,
        mixes: [['video']],
      },
    },
    {
      name: 'story',
      when: { settings: { format: 'story' } },
      text: { limits: [{ max: 0, unit: 'utf16_units' }], optionalWithMedia: true },
      link: 'none',
      media: {
        limits: [
          { ...photo, maxItems: 1, maxAltText: 0 },
          { ...upright, minDurationMs: 3_000, maxDurationMs: 60_000 },
        ],
        maxItems: 1,
        minItems: 1,
        mixes: [['image'], ['video']],
      },
    },
  ],
  maxThreadParts: 0,
  // How many calls are left is told in percent of what nobody knows: nothing to pace by, only pauses. Fact sheet §7.
  pacing: { rates: [], pauses: 'account', pauseMs: 30 * minute },
  callDeadlineMs: 60_000,
  reconcile: {
    settleMs: 60_000,
    absentAfterLooks: 2,
    holdsKey: false,
    clockToleranceMs: 60_000,
    findsForgotten: true,
  },
  canDelete: true,
  metrics: ['views', 'reach', 'likes', 'comments', 'shares', 'clicks'],
};
