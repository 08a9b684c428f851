import type { MediaLimit, PlatformCapabilities } from '../core/index.js';

const maxCarousel = 10;
const minute = 60_000;

const image: MediaLimit = {
  kind: 'image',
  maxItems: maxCarousel,
  mimeTypes: ['image/jpeg'],
  maxBytes: 8_000_000,
  delivery: 'pull',
  maxAltText: 1000,
  ratio: { min: 0.8, max: 1.91 },
};

const { ratio: _, ...anyShape } = image;

const reel: MediaLimit = {
  kind: 'video',
  maxItems: 1,
  mimeTypes: ['video/mp4', 'video/quicktime'],
  maxBytes: 300_000_000,
  maxAltText: 0,
  maxWidth: 1920,
  ratio: { min: 0.01, max: 10 },
  minDurationMs: 3_000,
  maxDurationMs: 15 * minute,
  videoCodecs: ['h264', 'hevc'],
  audioCodecs: ['aac'],
  pixelFormats: ['yuv420p'],
  minFrameRate: 23,
  maxFrameRate: 60,
  maxBitRate: 25_000_000,
  fastStart: true,
};

const caption = { limits: [{ max: 2200, unit: 'utf16_units' }], optionalWithMedia: true } as const;
const oneReel = { limits: [reel], maxItems: 1, minItems: 1, mixes: [['video']] } as const;

/** Figures and their sources: README.md. */
export const instagramCapabilities: PlatformCapabilities = {
  text: caption,
  link: 'in_text',
  media: {
    limits: [image, { ...reel, maxItems: maxCarousel, delivery: 'pull' }],
    maxItems: maxCarousel,
    minItems: 1,
    mixes: [['image', 'video']],
  },
  variants: [
    {
      name: 'story',
      when: { settings: { format: 'story' } },
      text: { limits: [{ max: 0, unit: 'utf16_units' }], optionalWithMedia: true },
      link: 'none',
      media: {
        limits: [
          { ...anyShape, maxItems: 1, maxAltText: 0 },
          { ...reel, delivery: 'pull', maxBytes: 100_000_000, maxDurationMs: minute },
        ],
        maxItems: 1,
        minItems: 1,
        mixes: [['image'], ['video']],
      },
    },
    { name: 'reel', when: { settings: { format: 'reel' } }, media: oneReel },
    // There are no other videos on their own any more.
    { name: 'video', when: { items: 'one', kinds: ['video'] }, media: oneReel },
  ],
  maxThreadParts: 0,
  callDeadlineMs: 60_000,
  pacing: {
    rates: [{ name: 'posts', per: 'account', max: 100, periodMs: 24 * 60 * minute }],
    // The platform names no time unless its header does.
    pauseMs: 15 * minute,
  },
  reconcile: {
    settleMs: 60_000,
    absentAfterLooks: 2,
    holdsKey: false,
    clockToleranceMs: 60_000,
    findsForgotten: true,
  },
  canDelete: true,
  metrics: ['views', 'reach', 'likes', 'comments', 'shares', 'saves', 'engagements'],
};

/** Of an account that was connected by the Instagram Login, or without the permission. */
export const deleteByHand: Pick<PlatformCapabilities, 'canDelete' | 'deleteAdvice'> = {
  canDelete: false,
  deleteAdvice:
    'Delete it in the Instagram app. Accounts that are connected by the Facebook Login with instagram_manage_contents are deleted by Fanfare.',
};
