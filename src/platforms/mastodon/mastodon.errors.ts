import type { ErrorRow, ErrorTable } from '../core/index.js';

const sheet = 'Fact sheet §7 (mastodon/documentation 2026-07-02)';
const words = `${sheet}; words only in English, the status alone otherwise`;
const reconnect = 'Connect the account again.';
const uploads = ['uploadMedia', 'media'];

const access: readonly ErrorRow[] = [
  {
    status: [400, 401],
    code: 'invalid_client',
    kind: 'auth_expired',
    name: 'app_unknown',
    message: 'The instance no longer knows the app that the account was connected with.',
    remedy: `${reconnect} Fanfare then registers itself anew.`,
    evidence: `${sheet}; unused apps were removed before 4.3`,
  },
  {
    status: [400, 401],
    code: 'invalid_grant',
    kind: 'auth_expired',
    name: 'code_invalid',
    message: 'The instance does not take the code of the login (any more).',
    remedy: 'Start connecting again.',
    evidence: sheet,
  },
  {
    status: 401,
    kind: 'auth_expired',
    name: 'token_revoked',
    message: 'The instance does not take the access token: it was revoked or has expired.',
    remedy: reconnect,
    evidence: `${sheet}: "The access token is invalid / was revoked / expired"`,
  },
  {
    status: 403,
    pattern: /^This action is outside the authorized scopes/,
    kind: 'auth_expired',
    name: 'scope_missing',
    message: 'The account was connected without a permission that this needs.',
    remedy: reconnect,
    evidence: words,
  },
  {
    status: 403,
    pattern:
      /^Your login is (?:currently disabled|currently pending approval|pending approval|missing a confirmed e-mail)/,
    kind: 'content_refused',
    name: 'account_blocked',
    message: 'The instance has disabled the login, or waits for an approval or a confirmed e-mail address.',
    remedy: 'Log in at the instance and do what it asks for.',
    evidence: words,
  },
  {
    status: 403,
    kind: 'content_refused',
    name: 'forbidden',
    message: 'The instance does not allow this to the account.',
    remedy: 'Log in at the instance and see whether the account is limited; connect it again if it is not.',
    evidence: `${sheet}; the words are localised, so that the reasons can't always be told apart`,
  },
  {
    status: 422,
    pattern: /^This method requires an authenticated user/,
    kind: 'auth_expired',
    name: 'user_token_missing',
    message: 'The token belongs to an app, not to a person.',
    remedy: reconnect,
    evidence: words,
  },
];

const content: readonly ErrorRow[] = [
  {
    status: 404,
    operation: 'createStatus',
    kind: 'content_refused',
    name: 'target_gone',
    message:
      'The post that this one replies to or quotes, a medium, or this very post itself has been deleted meanwhile.',
    remedy: 'Publish it again as a new post.',
    evidence: `${sheet} and §8: a repeated key whose status was deleted answers 404`,
  },
  {
    status: 422,
    operation: 'createStatus',
    pattern: /have not finished processing/,
    kind: 'transient',
    name: 'media_processing',
    message: 'The instance is still working on the media.',
    remedy: 'Nothing: it is tried again.',
    provesNothingCreated: true,
    evidence: `${words}: "Cannot attach files that have not finished processing. Try again in a moment!"`,
  },
  {
    status: 422,
    operation: uploads,
    kind: 'content_refused',
    name: 'media_refused',
    message: 'The instance could not use the file.',
    remedy: 'Convert it to another type, or make it smaller.',
    evidence: 'Fact sheet §3: 422 on upload and on the state of a medium',
  },
  {
    status: 422,
    kind: 'content_refused',
    name: 'validation_failed',
    message: 'The instance does not take the post as it is.',
    remedy: "Read the instance's words in the attempt; change the post and publish it again.",
    evidence: `${sheet}: length, blank, media mix, media not found`,
  },
  {
    status: 400,
    kind: 'content_refused',
    name: 'request_invalid',
    message: 'The instance does not understand the request.',
    remedy: "Read the instance's words in the attempt.",
    evidence: `${sheet}: parameter missing or invalid`,
  },
  {
    status: 413,
    kind: 'content_refused',
    name: 'media_too_large',
    message: 'The file is larger than the server in front of the instance takes.',
    remedy: 'Make it smaller.',
    evidence: 'Fact sheet §5: front-ends may refuse before the limit of Mastodon',
  },
];

const outages: readonly ErrorRow[] = [
  {
    status: [300, 399],
    kind: 'content_refused',
    name: 'instance_elsewhere',
    message: 'The instance answers at another address than the one that was given.',
    remedy: 'Connect with the address at which you log in, as the browser shows it.',
    evidence: 'Redirects are never followed, because the token would go along',
  },
  {
    status: 429,
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'The instance asks to wait.',
    remedy: 'Nothing: Fanfare waits until the time that the instance named.',
    evidence: `${sheet}: "Too many requests", older "Throttled"`,
  },
  {
    status: 500,
    operation: uploads,
    kind: 'transient',
    name: 'media_processing_failed',
    message: 'The instance failed while it was working on the file.',
    remedy: 'It is tried again. If it stays so, convert the file.',
    provesNothingCreated: true,
    evidence: `${sheet}: "Error processing thumbnail for uploaded media"; no post exists`,
  },
  {
    status: [500, 599],
    kind: 'transient',
    name: 'unavailable',
    message: 'The instance, or a server on the way to it, is out of order.',
    remedy: 'Nothing: it is tried again.',
    evidence: `${sheet}: 503, HTML pages with 502 and 504, 520 to 527 of a CDN; ambiguous for posts`,
  },
  ...[410, 451].map((status): ErrorRow => ({
    status,
    kind: 'transient',
    name: 'instance_gone',
    message: 'The instance is gone, or blocked here.',
    remedy: 'See whether the instance still exists.',
    evidence: sheet,
  })),
];

/** Of what is read and uploaded: a 404 of a post itself is another row. */
const elsewhere: readonly ErrorRow[] = [
  {
    status: 404,
    kind: 'content_refused',
    name: 'not_found',
    message: 'The instance has no such thing (any more).',
    remedy: 'Publish it again as a new post.',
    evidence: sheet,
  },
];

/** What a post can meet. */
export const mastodonErrors: ErrorTable = {
  platform: 'mastodon',
  rows: [...access, ...content, ...outages],
};

/** What any call can meet. */
export const allMastodonErrors: ErrorTable = {
  platform: 'mastodon',
  rows: [...mastodonErrors.rows, ...elsewhere],
};
