import type { MediaItem, MediaLimit, PlatformCapabilities, PostVariant } from '../core/index.js';

const MEGABYTE = 1024 * 1024;

/** UTF-16 code units of a caption after parsing; a longer text follows as a message of its own. */
export const CAPTION_LIMIT = 1024;
/** UTF-16 code units of a message after parsing. */
export const TEXT_LIMIT = 4096;
/** Items of one album. */
export const ALBUM_LIMIT = 10;

const SEND_DEADLINE_MS = 60_000;
/** What a slow upload is given on top: about 170 kB a second. */
const UPLOAD_MS_PER_MEGABYTE = 6_000;

const file = (kind: MediaLimit['kind'], maxItems: number, mimeTypes: readonly string[]): MediaLimit => ({
  kind,
  maxItems,
  mimeTypes,
  maxBytes: 50 * MEGABYTE,
  maxAltText: 0,
});

const pictureTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];

const documentTypes: readonly string[] = [
  'application/pdf',
  'application/zip',
  'application/gzip',
  'application/json',
  'application/epub+zip',
  'application/rtf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/octet-stream',
  'text/plain',
  'text/csv',
  'text/markdown',
  'text/calendar',
];

const picture: MediaLimit = {
  kind: 'image',
  maxItems: ALBUM_LIMIT,
  mimeTypes: pictureTypes,
  maxBytes: 10 * MEGABYTE,
  maxAltText: 0,
  maxSideSum: 10_000,
  maxRatio: 20,
};

const video: MediaLimit = {
  ...file('video', ALBUM_LIMIT, ['video/mp4']),
  videoCodecs: ['h264', 'hevc'],
  audioCodecs: ['aac', 'mp3'],
  pixelFormats: ['yuv420p', 'yuvj420p', 'yuv420p10le'],
};

const variants: readonly PostVariant[] = [
  {
    name: 'with_cover',
    when: { settings: { pictureAsCover: true } },
    media: {
      limits: [
        { ...video, maxItems: 1 },
        { ...picture, maxItems: 1 },
      ],
      maxItems: 2,
      mixes: [['video', 'image']],
    },
  },
  {
    name: 'as_files',
    when: { settings: { asFiles: true } },
    media: {
      limits: [
        file('image', ALBUM_LIMIT, [...pictureTypes, 'image/heic', 'image/avif']),
        file('gif', ALBUM_LIMIT, ['image/gif', 'video/mp4']),
        file('video', ALBUM_LIMIT, ['video/mp4', 'video/quicktime', 'video/webm']),
        file('document', ALBUM_LIMIT, documentTypes),
      ],
      maxItems: ALBUM_LIMIT,
      mixes: [['image', 'gif', 'video', 'document']],
    },
  },
];

export const telegramCapabilities: PlatformCapabilities = {
  text: { limits: [{ max: TEXT_LIMIT, unit: 'utf16_units' }], optionalWithMedia: true },
  link: 'in_text',
  media: {
    limits: [
      picture,
      file('gif', 1, ['image/gif', 'video/mp4']),
      video,
      file('audio', ALBUM_LIMIT, ['audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/m4a']),
      file('document', ALBUM_LIMIT, documentTypes),
    ],
    maxItems: ALBUM_LIMIT,
    mixes: [['image', 'video']],
  },
  variants,
  maxThreadParts: 0,
  // Fact sheet, section 6: after a 429 the whole bot may be muted.
  pacing: { rates: [], pauses: 'app' },
  callDeadlineMs: SEND_DEADLINE_MS,
  reconcile: { settleMs: 0, absentAfterLooks: 'never', holdsKey: false, clockToleranceMs: 0 },
  canDelete: true,
};

/** Milliseconds for a call that carries these files. */
export function sendDeadlineMs(media: readonly MediaItem[]): number {
  const bytes = media.reduce((sum, item) => sum + item.bytes, 0);
  return SEND_DEADLINE_MS + Math.ceil(bytes / MEGABYTE) * UPLOAD_MS_PER_MEGABYTE;
}
