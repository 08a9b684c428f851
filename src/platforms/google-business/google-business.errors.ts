import type { ErrorRow, ErrorTable } from '../core/index.js';

const sheet = 'Google documentation as of 2026-09-11';
const probed = 'Practitioner catalogue with probes of July 2026';
const nothingToDo = 'Nothing to do: it is tried again.';

/** Signals in the details or the words of an error, the more telling first: they tell rows of one status apart. */
export const namedReasons = [
  'SERVICE_DISABLED',
  'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
  'LOCATION_DISABLED_FOR_LOCAL_POST_API',
  'PHOTO_FETCH_FAILED',
  'PHOTO_UPLOAD_FAILED',
  'Fetching image failed.',
  'quota_limit_value=0;',
] as const;

const access: readonly ErrorRow[] = [
  {
    status: 401,
    kind: 'auth_expired',
    name: 'token_refused',
    message: 'Google does not take the login any more.',
    remedy: 'Connect the location again.',
    evidence: sheet,
  },
  {
    status: 403,
    subcode: 'SERVICE_DISABLED',
    kind: 'content_refused',
    source: 'system',
    name: 'api_disabled',
    message: 'One of the Business Profile APIs is not switched on for the Cloud project.',
    remedy: 'Enable it in the Google Cloud console of the app, then publish again.',
    evidence: sheet,
  },
  {
    status: 403,
    subcode: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    kind: 'auth_expired',
    name: 'scope_missing',
    message: 'The login does not allow to manage business profiles.',
    remedy: 'Connect the location again and leave the permission ticked.',
    evidence: sheet,
  },
  {
    status: 403,
    kind: 'content_refused',
    name: 'permission_denied',
    message: 'The person who connected the location may not write for it any more.',
    remedy: 'Make that person a manager of the profile again, or let another manager connect the location.',
    evidence: `${sheet}: the role of a manager was lost`,
  },
];

/** Nothing is made where the photo cannot be had. */
const photo = ['PHOTO_FETCH_FAILED', 'PHOTO_UPLOAD_FAILED', 'Fetching image failed.'].map(
  (subcode): ErrorRow => ({
    status: 400,
    subcode,
    kind: 'transient',
    provesNothingCreated: true,
    outage: false,
    name: 'photo_not_fetched',
    message: 'Google could not fetch the photo.',
    remedy: 'Nothing to do at first. If it stays so, `POST /api/v1/media/{id}/check-url` says why.',
    evidence: `${probed}: a validation error, nothing is created`,
  }),
);

const content: readonly ErrorRow[] = [
  {
    status: 400,
    subcode: 'LOCATION_DISABLED_FOR_LOCAL_POST_API',
    kind: 'content_refused',
    name: 'location_takes_no_posts',
    message: 'Google takes no posts by API for this location, as it does for some chains.',
    remedy: 'Write the post in the Business Profile itself, or ask Google to lift it.',
    evidence: 'Reported by developers, 2026',
  },
  ...photo,
  {
    status: 400,
    code: 'INVALID_ARGUMENT',
    kind: 'content_refused',
    name: 'invalid_argument',
    message: 'Google does not take a part of the post; the attempt says which.',
    remedy: 'Change what the answer names, then publish again.',
    evidence: sheet,
  },
  {
    status: 404,
    code: 'NOT_FOUND',
    kind: 'content_refused',
    name: 'not_found',
    message: 'The location is gone, or no longer in the account that it was connected through.',
    remedy: 'Connect the location again.',
    evidence: sheet,
  },
  {
    // A page, no error of the API: the path was none that it knows.
    status: 404,
    kind: 'content_refused',
    source: 'system',
    name: 'no_such_path',
    message: 'Google does not know the address that the location has in its API.',
    remedy: 'Connect the location again; if it stays so, report it.',
    evidence: 'A location without its account gives a page in HTML (seen in the field, 2026)',
  },
];

const limits: readonly ErrorRow[] = [
  {
    status: 429,
    subcode: 'quota_limit_value=0;',
    kind: 'content_refused',
    source: 'system',
    name: 'project_not_approved',
    message: 'The Cloud project has no quota: Google has not approved it for the Business Profile APIs.',
    remedy: 'Send "Application for basic API access" for the project, and wait until its quota is above 0.',
    evidence: `${sheet}; real bodies`,
  },
  {
    status: 429,
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'Google asks to wait: there were too many calls in a minute.',
    remedy: 'Nothing to do: it goes out later.',
    evidence: sheet,
  },
];

/** Whether a post was made is not known. */
const ambiguous: readonly ErrorRow[] = [
  {
    status: 409,
    kind: 'outcome_unknown',
    name: 'conflict',
    message: 'Google says that it collides with something else, which may be the post itself.',
    remedy: 'Nothing to do: Fanfare looks whether it is there.',
    evidence: `${sheet}: ALREADY_EXISTS, ABORTED; its meaning for posts is not told`,
  },
  {
    status: 500,
    kind: 'outcome_unknown',
    name: 'internal',
    message: 'Google has failed.',
    remedy: nothingToDo,
    evidence: sheet,
  },
  {
    status: [502, 504],
    kind: 'outcome_unknown',
    name: 'unavailable',
    message: 'Google is not available, or took too long.',
    remedy: nothingToDo,
    evidence: `${sheet}: UNAVAILABLE, DEADLINE_EXCEEDED`,
  },
];

/** Every answer that the sheet lists. What is not in it is unknown, and looked for. */
export const googleBusinessErrors: ErrorTable = {
  platform: 'google-business',
  rows: [...access, ...content, ...limits, ...ambiguous],
};
