import type { MediaLimit, MediaRules, PlatformCapabilities } from '../core/index.js';

const hourMs = 60 * 60_000;
const unverifiedMs = 15 * 60_000;
const verifiedMs = 12 * hourMs;
const shortMs = 3 * 60_000;

const thumbnail: MediaLimit = {
  kind: 'image',
  maxItems: 1,
  mimeTypes: ['image/jpeg', 'image/png'],
  maxBytes: 2_000_000,
  maxAltText: 0,
};

function videoOf(maxDurationMs: number): MediaLimit {
  return {
    kind: 'video',
    maxItems: 1,
    mimeTypes: ['video/mp4', 'video/quicktime', 'video/webm'],
    maxBytes: 256 * 1024 ** 3,
    maxDurationMs,
    maxAltText: 0,
  };
}

function mediaOf(video: MediaLimit): MediaRules {
  return { limits: [video, thumbnail], maxItems: 2, minItems: 1, mixes: [['video', 'image']] };
}

function withVideos(maxDurationMs: number): PlatformCapabilities {
  return {
    text: { limits: [{ max: 5_000, unit: 'utf8_bytes' }], optionalWithMedia: true },
    link: 'in_text',
    media: mediaOf(videoOf(maxDurationMs)),
    variants: [
      {
        name: 'short',
        when: { settings: { format: 'short' } },
        // What YouTube takes for a Short: upright or square. It has no word for it in its API.
        media: mediaOf({ ...videoOf(shortMs), ratio: { min: 0.01, max: 1 } }),
      },
    ],
    maxThreadParts: 0,
    pacing: {
      rates: [{ name: 'uploads', per: 'app', max: 100, periodMs: 24 * hourMs }],
      pauseMs: 2 * 60_000,
    },
    callDeadlineMs: 60_000,
    // The upload session is the key: it makes one video, however often its last bytes are sent.
    reconcile: {
      settleMs: 0,
      absentAfterLooks: 1,
      holdsKey: true,
      clockToleranceMs: 60_000,
      findsForgotten: true,
    },
    canDelete: true,
    metrics: ['views', 'likes', 'comments'],
  };
}

/** Of a channel whose phone number is not verified. Figures and their sources: README.md. */
export const youtubeCapabilities: PlatformCapabilities = withVideos(unverifiedMs);

const ofVerified: PlatformCapabilities = withVideos(verifiedMs);

/** @param longUploads as the channel says it: `allowed`, `eligible`, `disallowed`. */
export function capabilitiesOf(longUploads: string | null): PlatformCapabilities {
  return longUploads === 'allowed' ? ofVerified : youtubeCapabilities;
}
