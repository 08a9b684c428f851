import type { MediaLimit, MediaRules, PlatformCapabilities } from '../core/index.js';
import { vanillaLimits, type InstanceLimits } from './mastodon.limits.js';

function mediaLimits(limits: InstanceLimits): MediaLimit[] {
  const types = (prefix: string): string[] =>
    limits.mimeTypes.filter((type) => type.startsWith(prefix) && type !== 'image/gif');
  const image = {
    maxBytes: limits.imageBytes,
    maxPixels: limits.imagePixels,
    maxAltText: limits.maxAltText,
  };
  const video = { maxItems: 1, maxBytes: limits.videoBytes, maxAltText: limits.maxAltText };
  const all: MediaLimit[] = [
    { kind: 'image', maxItems: limits.maxMedia, mimeTypes: types('image/'), ...image },
    {
      kind: 'gif',
      maxItems: 1,
      mimeTypes: limits.mimeTypes.filter((type) => type === 'image/gif'),
      ...image,
    },
    {
      kind: 'video',
      mimeTypes: types('video/'),
      maxPixels: limits.videoPixels,
      maxFrameRate: limits.videoFrameRate,
      ...video,
    },
    { kind: 'audio', mimeTypes: types('audio/'), ...video },
  ];
  return all.filter((limit) => limit.mimeTypes.length > 0);
}

/** A video or a sound, and the picture that is its cover. */
function mediaWithCover(limits: MediaLimit[]): MediaRules {
  const kinds = limits.filter(({ kind }) => kind !== 'gif');
  return {
    limits: kinds.map((limit) => (limit.kind === 'image' ? { ...limit, maxItems: 1 } : limit)),
    maxItems: 2,
    mixes: [
      ['video', 'image'],
      ['audio', 'image'],
    ],
  };
}

/** What holds on an instance with these limits. Figures and sources of the defaults: README.md. */
export function capabilitiesOf(limits: InstanceLimits): PlatformCapabilities {
  const media = mediaLimits(limits);
  return {
    text: { limits: [{ max: limits.maxCharacters, unit: 'graphemes' }], optionalWithMedia: true },
    link: 'in_text',
    media: {
      limits: media,
      maxItems: limits.maxMedia,
      mixes: [['image'], ['gif'], ['video'], ['audio']],
    },
    variants: [
      { name: 'with_cover', when: { settings: { pictureAsCover: true } }, media: mediaWithCover(media) },
    ],
    maxThreadParts: 99,
    // Fact sheet, section 6: 300 new statuses in 3 hours.
    pacing: { rates: [{ name: 'posts', per: 'account', max: 300, periodMs: 3 * 3_600_000 }] },
    callDeadlineMs: 30_000,
    reconcile: {
      settleMs: 30_000,
      absentAfterLooks: 2,
      holdsKey: false,
      clockToleranceMs: 120_000,
      findsForgotten: true,
    },
    canDelete: true,
    metrics: ['likes', 'reposts', 'comments'],
  };
}

export const mastodonCapabilities = capabilitiesOf(vanillaLimits);
