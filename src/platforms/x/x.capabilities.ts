import type { MediaLimit, PlatformCapabilities } from '../core/index.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** The weighted length of every account, and that of Premium ones. */
const usualText = 280;
const longText = 25_000;
const longTextTiers = ['Premium', 'PremiumPlus'];

export const altTextLimit = 1_000;

const mediaLimits: readonly MediaLimit[] = [
  {
    kind: 'image',
    maxItems: 4,
    mimeTypes: ['image/jpeg', 'image/png', 'image/webp'],
    maxBytes: 5_000_000,
    maxAltText: altTextLimit,
  },
  {
    kind: 'gif',
    maxItems: 1,
    mimeTypes: ['image/gif'],
    maxBytes: 15_000_000,
    maxWidth: 1280,
    maxHeight: 1080,
    maxAltText: altTextLimit,
  },
  {
    kind: 'video',
    maxItems: 1,
    mimeTypes: ['video/mp4', 'video/quicktime'],
    maxBytes: 512_000_000,
    maxAltText: 0,
    minDurationMs: 500,
    maxDurationMs: 140_000,
    minWidth: 32,
    minHeight: 32,
    maxWidth: 1280,
    maxHeight: 1024,
    ratio: { min: 1 / 3, max: 3 },
    maxFrameRate: 60,
    videoCodecs: ['h264'],
    audioCodecs: ['aac'],
    pixelFormats: ['yuv420p'],
  },
];

/** Figures and their sources: README.md. */
export const xCapabilities: PlatformCapabilities = {
  text: { limits: [{ max: usualText, unit: 'weighted' }], optionalWithMedia: true },
  link: 'in_text',
  media: { limits: mediaLimits, maxItems: 4, mixes: [['image'], ['gif'], ['video']] },
  maxThreadParts: 99,
  pacing: {
    rates: [
      { name: 'posts', per: 'account', max: 100, periodMs: 15 * minute },
      { name: 'app_posts', per: 'app', max: 10_000, periodMs: day },
    ],
    pauseMs: 15 * minute,
  },
  callDeadlineMs: 30_000,
  reconcile: {
    settleMs: 60_000,
    absentAfterLooks: 2,
    holdsKey: false,
    clockToleranceMs: 30_000,
    findsForgotten: true,
  },
  canDelete: true,
  metrics: ['views', 'likes', 'comments', 'reposts', 'quotes', 'saves'],
};

const premiumCapabilities: PlatformCapabilities = {
  ...xCapabilities,
  text: { ...xCapabilities.text, limits: [{ max: longText, unit: 'weighted' }] },
};

/** What the account has paid for decides how long its texts may be. */
export function capabilitiesOf(subscription: string | null): PlatformCapabilities {
  const pays = subscription !== null && longTextTiers.includes(subscription);
  return pays ? premiumCapabilities : xCapabilities;
}
