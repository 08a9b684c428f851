import type { ErrorRow } from '../core/index.js';

const errorPage = 'YouTube Data API, errors, as of 2026-09';
const byItself = 'Nothing to do: it goes on by itself. More needs an audit of the project by YouTube.';

/** Quotas of the project, which all channels share, and limits of one channel. */
export const limitRows: readonly ErrorRow[] = [
  {
    status: 403,
    code: ['quotaExceeded', 'dailyLimitExceeded'],
    kind: 'rate_limited',
    name: 'quota_used',
    message: "The project's units for today are used up, for all channels.",
    remedy: byItself,
    evidence: errorPage,
  },
  {
    status: 429,
    code: 'rateLimitExceeded',
    pattern: /limit 'Video Uploads per day'/,
    kind: 'rate_limited',
    name: 'uploads_used',
    message: "The project's uploads for today are used up, for all channels.",
    remedy: byItself,
    evidence: 'google-api-python-client#2753, since 2026-05-24: only the words tell it from a short limit',
  },
  {
    status: [403, 429],
    code: ['rateLimitExceeded', 'userRateLimitExceeded', 'RESOURCE_EXHAUSTED'],
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'YouTube gets too many requests.',
    remedy: 'Nothing to do: it goes on by itself.',
    evidence: errorPage,
  },
  {
    status: 400,
    code: 'uploadLimitExceeded',
    kind: 'rate_limited',
    name: 'channel_limit',
    message: 'The channel has uploaded as many videos as YouTube takes in a day.',
    remedy: 'Nothing to do: it goes on after a day. A verified phone number raises the limit.',
    evidence: errorPage,
  },
  {
    status: 429,
    code: 'uploadRateLimitExceeded',
    operation: 'setThumbnail',
    kind: 'content_refused',
    name: 'thumbnail_limit',
    message: 'The channel has set too many thumbnails today.',
    remedy: 'Set the thumbnail by hand in YouTube Studio.',
    evidence: errorPage,
  },
  {
    status: [500, 504],
    code: ['backendError', 'internalError', 'UNAVAILABLE', 'INTERNAL', 'DEADLINE_EXCEEDED'],
    kind: 'transient',
    name: 'unavailable',
    message: 'YouTube has a problem of its own.',
    remedy: 'Nothing to do: Fanfare tries again.',
    evidence: errorPage,
  },
];
