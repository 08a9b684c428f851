import type { MediaLimit, MediaRules, PlatformCapabilities, TextRules } from '../core/index.js';

const dayMs = 24 * 60 * 60_000;
const usualDurationMs = 10 * 60_000;

const video: MediaLimit = {
  kind: 'video',
  maxItems: 1,
  mimeTypes: ['video/mp4', 'video/quicktime', 'video/webm'],
  maxBytes: 4 * 1024 ** 3,
  maxAltText: 0,
  minWidth: 360,
  minHeight: 360,
  maxWidth: 4096,
  maxHeight: 4096,
  maxDurationMs: usualDurationMs,
  videoCodecs: ['h264', 'hevc', 'vp8', 'vp9'],
  minFrameRate: 23,
  maxFrameRate: 60,
};

/** "At most 1080p" is read so that it holds for either side. */
const image: MediaLimit = {
  kind: 'image',
  maxItems: 35,
  mimeTypes: ['image/jpeg', 'image/webp'],
  maxBytes: 20 * 1024 ** 2,
  delivery: 'pull',
  maxAltText: 0,
  maxWidth: 1080,
  maxHeight: 1920,
};

const media: MediaRules = { limits: [video, image], maxItems: 35, minItems: 1, mixes: [] };

function textOf(max: number): TextRules {
  return { limits: [{ max, unit: 'utf16_units' }], optionalWithMedia: true };
}

/** Figures and their sources: README.md. */
export const tiktokCapabilities: PlatformCapabilities = {
  text: textOf(2200),
  link: 'in_text',
  media,
  variants: [{ name: 'photos', when: { kinds: ['image'] }, text: textOf(4000) }],
  maxThreadParts: 0,
  callDeadlineMs: 120_000,
  pacing: {
    rates: [{ name: 'posts', per: 'account', max: 15, periodMs: dayMs }],
    pauseMs: 60_000,
  },
  reconcile: { settleMs: 0, absentAfterLooks: 1, holdsKey: false, clockToleranceMs: 60_000 },
  canDelete: false,
  deleteAdvice: 'TikTok deletes no post by API: open it in the TikTok app, and delete it there.',
  metrics: ['views', 'likes', 'comments', 'shares'],
};

/** The same for an account whose longest video is known. */
export function capabilitiesOf(maxVideoSec: number | null): PlatformCapabilities {
  if (maxVideoSec === null) return tiktokCapabilities;
  const own: MediaLimit = { ...video, maxDurationMs: maxVideoSec * 1000 };
  return { ...tiktokCapabilities, media: { ...media, limits: [own, image] } };
}
