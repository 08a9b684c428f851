import type { ErrorRow, ErrorTable } from '../core/index.js';

const sheet = 'Pinterest API v5, official description 5.23.0 (2025-12-11)';
const reported = 'reported bodies, 2025 and 2026';
const reconnect = 'Connect the account again.';
const byItself = 'Nothing to do: it goes out later.';
const uploading = { operation: 'uploadVideo' } as const;
const unavailable = {
  kind: 'transient',
  name: 'unavailable',
  message: 'Pinterest, or a server on the way to it, is out of order.',
  remedy: 'Nothing: it is tried again.',
} as const;
const boardGone = {
  status: 404,
  kind: 'content_refused',
  name: 'board_gone',
  message: 'Pinterest has no such board (any more).',
  remedy: 'Choose another board.',
} as const;
const pinGone = {
  status: 404,
  kind: 'content_refused',
  name: 'pin_gone',
  message: 'Pinterest has no such pin (any more).',
  remedy: 'Nothing to do, unless it was not you who deleted it.',
} as const;

/** Files of videos: the storage behind Pinterest speaks for itself. */
const fileRows: readonly ErrorRow[] = [
  {
    ...uploading,
    code: 'EntityTooLarge',
    kind: 'content_refused',
    name: 'file_too_large',
    message: 'The storage of Pinterest finds the video too large.',
    remedy: 'Use a smaller file, at most 2 GB.',
    evidence: 'Amazon S3, POST policies',
  },
  {
    ...uploading,
    status: [400, 499],
    kind: 'transient',
    name: 'upload_refused',
    message: 'The storage of Pinterest does not take the upload: its permission is short-lived.',
    remedy: 'Nothing: the upload is begun anew.',
    evidence: 'Amazon S3: AccessDenied, RequestTimeTooSkewed',
  },
  {
    operation: 'mediaStatus',
    code: 'failed',
    kind: 'content_refused',
    name: 'media_failed',
    message: 'Pinterest has taken the video and cannot use it.',
    remedy: 'Convert it to MP4 with H.264 and AAC, 4 seconds to 15 minutes long.',
    evidence: sheet,
  },
];

/** The login, the app, and what the account may do. */
const accessRows: readonly ErrorRow[] = [
  {
    status: 401,
    code: '3',
    kind: 'content_refused',
    source: 'system',
    name: 'app_not_approved',
    message: 'Pinterest has not approved the app; the login itself is still good.',
    remedy:
      'Whoever runs Fanfare asks for access on developers.pinterest.com. Connecting again does not help.',
    evidence: reported,
  },
  {
    status: [401, 403],
    code: '7',
    kind: 'content_refused',
    name: 'not_authorized',
    message: 'The account may not write to this board, or see this pin.',
    remedy: 'Choose another board, or connect the account again with every permission.',
    evidence: sheet,
  },
  {
    status: 401,
    kind: 'auth_expired',
    name: 'token_ended',
    message:
      'Pinterest does not take the access any more: it has expired, or the password or name was changed.',
    remedy: reconnect,
    evidence: sheet,
  },
  {
    status: 403,
    pattern: /Trial access/i,
    kind: 'content_refused',
    source: 'system',
    name: 'app_on_trial',
    message: 'The app has Trial access: its pins go to the API Sandbox only.',
    remedy:
      'Ask for Standard access on developers.pinterest.com, or set PLATFORM_PINTEREST_API_URL=https://api-sandbox.pinterest.com.',
    evidence: reported,
  },
  {
    status: 403,
    kind: 'content_refused',
    name: 'not_permitted',
    message: 'Pinterest does not permit this to the account or to the app.',
    remedy: 'Look at the account on Pinterest, and at the access of the app on developers.pinterest.com.',
    evidence: `${sheet}: code 29`,
  },
];

/** What is wrong with the post, or with what it names. */
const contentRows: readonly ErrorRow[] = [
  {
    status: 400,
    code: '2786',
    kind: 'transient',
    name: 'image_unreachable',
    message: 'Pinterest could not fetch the picture from its address.',
    remedy: 'Nothing: it is tried again. If it stays so, use another picture.',
    evidence: reported,
  },
  {
    code: '58',
    kind: 'content_refused',
    name: 'board_name_taken',
    message: 'There is a board of this name already.',
    remedy: 'Choose that board.',
    evidence: sheet,
  },
  {
    status: 400,
    pattern: /cover_image_url or cover_image_content_type/,
    kind: 'content_refused',
    source: 'system',
    name: 'cover_missing',
    message: 'Pinterest wants a cover for the video.',
    remedy: 'Set coverSeconds.',
    evidence: reported,
  },
  {
    status: 429,
    code: '9',
    kind: 'content_refused',
    name: 'link_blocked',
    message: 'Pinterest blocks the link, because it may lead to spam.',
    remedy:
      'Use another link, or claim the website on Pinterest. Pinterest reviews blocked links on request.',
    evidence: reported,
  },
  {
    ...boardGone,
    status: 404,
    code: '2031',
    name: 'section_gone',
    message: 'The board has no such section (any more).',
    remedy: 'Choose another section, or none.',
    evidence: sheet,
  },
  { ...boardGone, code: '40', evidence: sheet },
  { ...boardGone, pattern: /^Board not found/i, evidence: reported },
  { ...pinGone, code: '50', evidence: sheet },
  { ...pinGone, pattern: /^Pin not found/i, evidence: reported },
];

/** Limits and outages; what is told by the status alone comes last. */
const restRows: readonly ErrorRow[] = [
  {
    status: 409,
    kind: 'transient',
    name: 'conflict',
    message: 'Somebody else writes to the board at this moment.',
    remedy: 'Nothing: it is tried again.',
    evidence: sheet,
  },
  {
    status: 429,
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'Pinterest asks to wait: too many calls, or too many writes to one board.',
    remedy: byItself,
    evidence: `${sheet}: code 8`,
  },
  { ...unavailable, code: ['12', '2787'], evidence: reported },
  { ...unavailable, status: [500, 599], evidence: sheet },
  {
    status: 400,
    kind: 'content_refused',
    name: 'invalid_request',
    message: 'Pinterest does not take the post as it is; its words are in the attempt.',
    remedy: 'Change the post.',
    evidence: `${sheet}: code 1`,
  },
];

/** Every answer that is known. What is not in it is unknown, and looked for. */
export const pinterestErrors: ErrorTable = {
  platform: 'pinterest',
  rows: [...fileRows, ...accessRows, ...contentRows, ...restRows],
};
