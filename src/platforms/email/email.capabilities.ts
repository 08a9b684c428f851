import type { MediaLimit, PlatformCapabilities } from '../core/index.js';

const MEGABYTE = 1024 * 1024;

/** What a whole message may have when the server does not name its SIZE. */
export const DEFAULT_MESSAGE_BYTES = 25 * MEGABYTE;
/** Base64 with its line ends makes files so much larger. */
export const BASE64_GROWTH = 1.37;
/** Recipients of one account: each is a message, a connection and a commit of its own. */
export const MAX_RECIPIENTS = 100;
/** Characters of a subject that is given; one taken from the text is cut at `SUBJECT_VISIBLE`. */
export const SUBJECT_LIMIT = 200;
export const SUBJECT_VISIBLE = 78;
const TEXT_LIMIT = 200_000;
const MAX_FILES = 20;

const attached = (kind: MediaLimit['kind'], mimeTypes: readonly string[]): MediaLimit => ({
  kind,
  maxItems: MAX_FILES,
  mimeTypes,
  maxBytes: Math.floor(DEFAULT_MESSAGE_BYTES / BASE64_GROWTH),
  maxAltText: kind === 'image' || kind === 'gif' ? 1000 : 0,
});

export const emailCapabilities: PlatformCapabilities = {
  text: { limits: [{ max: TEXT_LIMIT, unit: 'utf16_units' }], optionalWithMedia: true },
  link: 'in_text',
  media: {
    limits: [
      attached('image', ['image/jpeg', 'image/png', 'image/webp']),
      attached('gif', ['image/gif']),
      attached('video', ['video/mp4', 'video/quicktime', 'video/webm']),
      attached('audio', [
        ...['audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/m4a'],
        ...['audio/ogg', 'audio/wav', 'audio/x-wav', 'audio/flac'],
      ]),
      attached('document', [
        ...['application/pdf', 'application/zip', 'application/gzip', 'application/json'],
        ...['application/epub+zip', 'application/rtf', 'application/octet-stream'],
        ...['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint'],
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/vnd.openxmlformats-officedocument.presentationml.presentation',
        ...['application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet'],
        ...['text/plain', 'text/csv', 'text/markdown', 'text/calendar'],
      ]),
    ],
    maxItems: MAX_FILES,
    mixes: [['image', 'gif', 'video', 'audio', 'document']],
  },
  maxThreadParts: 0,
  // Limits are the provider's: PLATFORM_EMAIL_RATES. A reply never says for how long to wait; fact sheet, section 5: a long pause.
  pacing: { rates: [], pauseMs: 15 * 60_000 },
  callDeadlineMs: 120_000,
  reconcile: { settleMs: 0, absentAfterLooks: 'never', holdsKey: false, clockToleranceMs: 0 },
  canDelete: false,
  deleteAdvice: 'A mail that is sent cannot be taken back.',
};
