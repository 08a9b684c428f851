import type { ErrorRow, ErrorTable } from '../core/index.js';

/** Operations after which people may see something. */
const writes = ['putRecord', 'applyWrites'];
const sheet = 'Fact sheet §7, 2026-08';
const observed = 'Observed on a PDS 0.4.217 and 0.5.35, 2026-11-21';
const reconnect = 'Connect the account again with a new app password.';
const askBluesky = 'Log in at Bluesky to see what happened to the account; then try the post again.';

/** Of the login and its renewal; they come before the others. */
const logins: readonly ErrorRow[] = [
  {
    status: 400,
    code: ['ExpiredToken', 'InvalidToken'],
    operation: 'refreshSession',
    kind: 'auth_expired',
    name: 'session_revoked',
    message: 'Bluesky has ended the session.',
    remedy: reconnect,
    evidence: `${observed}: "Token has been revoked" after the app password was deleted`,
  },
  {
    status: 401,
    code: 'AuthenticationRequired',
    operation: 'createSession',
    kind: 'auth_expired',
    name: 'app_password_invalid',
    message: 'Bluesky does not know this handle with this app password.',
    remedy:
      'Check handle and app password. An account on a server of its own needs the address of that server too.',
    evidence: sheet,
  },
];

const sessions: readonly ErrorRow[] = [
  {
    status: 400,
    code: 'ExpiredToken',
    kind: 'auth_expired',
    name: 'token_expired',
    message: 'The access token has expired.',
    remedy: 'Nothing: Fanfare renews it and goes on.',
    source: 'system',
    evidence: `${observed}: 400, not 401`,
  },
  {
    status: 400,
    code: 'InvalidToken',
    pattern: /^Bad token scope/,
    kind: 'content_refused',
    name: 'app_password_scope',
    message: 'The app password may not do this.',
    remedy: reconnect,
    evidence: observed,
  },
  {
    status: 400,
    code: 'InvalidToken',
    kind: 'auth_expired',
    name: 'token_invalid',
    message: 'Bluesky does not take the access token.',
    remedy: reconnect,
    evidence: sheet,
  },
  {
    status: 401,
    code: 'AuthFactorTokenRequired',
    kind: 'auth_expired',
    name: 'second_factor_required',
    message: 'This is the password of the account, and it needs a code sent by e-mail.',
    remedy: 'Make an app password in the settings of Bluesky, under Privacy and security, and use that.',
    evidence: 'Fact sheet §2, not verified',
  },
  {
    status: 401,
    code: ['AccountTakedown', 'AccountSuspended'],
    kind: 'content_refused',
    name: 'account_blocked',
    message: 'Bluesky has taken down or suspended the account.',
    remedy: askBluesky,
    evidence: `${observed} (takedown: write, login and refresh); suspension not verified`,
  },
  {
    status: 401,
    code: 'AccountDeactivated',
    kind: 'content_refused',
    name: 'account_deactivated',
    message: 'The account is deactivated.',
    remedy: 'Log in at Bluesky and reactivate the account; then try the post again.',
    evidence: observed,
  },
  {
    status: [400, 401],
    code: 'use_dpop_nonce',
    kind: 'content_refused',
    name: 'dpop_required',
    message: 'The server asks for an OAuth proof, which a session of an app password has not.',
    remedy: reconnect,
    source: 'system',
    evidence: `${observed}; only OAuth sessions meet it, and Fanfare uses app passwords`,
  },
  {
    status: 401,
    code: 'AuthenticationRequired',
    operation: writes,
    kind: 'content_refused',
    name: 'wrong_repository',
    message: 'The session belongs to another account than the one that was to post.',
    remedy: 'Report it: this is a fault of Fanfare. Connecting the account again mends it.',
    source: 'system',
    evidence: `${observed}: repo is not the account of the token`,
  },
  {
    status: 401,
    code: ['AuthMissing', 'AuthenticationRequired'],
    kind: 'auth_expired',
    name: 'login_required',
    message: 'Bluesky asks for a new login.',
    remedy: reconnect,
    evidence: sheet,
  },
];

const content: readonly ErrorRow[] = [
  {
    status: 400,
    code: 'InvalidSwap',
    kind: 'outcome_unknown',
    name: 'record_key_taken',
    message: 'A record already stands under the key of this post.',
    remedy: 'Nothing: Fanfare reads that record and decides by it.',
    evidence: `${observed}: same key with other content; a PDS of other make may say it of the same content`,
  },
  {
    status: 400,
    code: ['InvalidMimeType', 'InvalidSize', 'BlobTooLarge'],
    kind: 'content_refused',
    name: 'media_refused',
    message: 'Bluesky does not take one of the files: its type or size is not allowed.',
    remedy: 'Use a JPEG, PNG or WebP of at most 1,000,000 bytes, or an MP4.',
    evidence: `${observed}: checked when the record is made, not at upload`,
  },
  {
    status: 400,
    code: 'BlobNotFound',
    kind: 'content_refused',
    name: 'media_gone',
    message: 'Bluesky no longer has one of the uploaded files.',
    remedy: 'Publish the post again; its files are then uploaded anew.',
    source: 'platform',
    evidence: `${sheet}; blobs without a record are collected after a while`,
  },
  {
    status: 413,
    kind: 'content_refused',
    name: 'media_too_large',
    message: 'The file is larger than the server takes.',
    remedy: 'Compress or shorten it.',
    evidence: `${observed}: PayloadTooLarge above 52,428,800 bytes`,
  },
  {
    status: 400,
    code: ['InvalidRequest', 'SyntaxError'],
    kind: 'content_refused',
    name: 'record_invalid',
    message: 'Bluesky does not take the post as it is.',
    remedy:
      "Read the platform's words in the attempt: they name the field. Change the post and publish it again.",
    evidence: sheet,
  },
  {
    code: 'unconfirmed_email',
    kind: 'content_refused',
    name: 'email_unconfirmed',
    message: 'Bluesky takes videos only from accounts with a confirmed e-mail address.',
    remedy: 'Confirm the e-mail address in the settings of Bluesky.',
    evidence: 'Fact sheet §3 (needs a verified e-mail); the code is general knowledge, not verified',
  },
];

const videoJobs: readonly ErrorRow[] = [
  {
    code: ['validation_failure', 'encoding_failure', 'pds_upload_unsupported_blob_size'],
    operation: 'videoJob',
    kind: 'content_refused',
    name: 'video_refused',
    message: 'The video service could not use the video.',
    remedy: 'Export it anew as MP4 (H.264, AAC), shorter or smaller.',
    evidence: 'Fact sheet §3, failureCode of getJobStatus',
  },
];

const outages: readonly ErrorRow[] = [
  {
    status: 429,
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'Bluesky asks to wait.',
    remedy: 'Nothing: Fanfare waits until the time that Bluesky named.',
    evidence: `${observed}: RateLimitExceeded, nothing was written`,
  },
  {
    status: 500,
    operation: writes,
    kind: 'outcome_unknown',
    name: 'write_ambiguous',
    message: 'Bluesky failed while it was writing; the post may exist.',
    remedy: 'Nothing: Fanfare reads its record key and decides by it.',
    evidence: 'Fact sheet §7: may mean that the key exists (upstream #3718); of applyWrites observed',
  },
  {
    status: [500, 599],
    operation: 'getPosts',
    kind: 'transient',
    name: 'appview_unavailable',
    message: 'The server that shows what everybody has posted is out of order.',
    remedy: 'Nothing: it is tried again.',
    // The server that posts are written to is another one: posts that quote nothing go out.
    outage: false,
    evidence: `${sheet}: UpstreamFailure, UpstreamTimeout, 503, 504; of the public AppView`,
  },
  {
    status: [500, 599],
    kind: 'transient',
    name: 'unavailable',
    message: 'Bluesky or a server on the way to it is out of order.',
    remedy: 'Nothing: it is tried again.',
    evidence: `${sheet}: UpstreamFailure, UpstreamTimeout, 503, 504; on writes ambiguous`,
  },
];

/** A look at a video that ends so is a look that tells nothing; it is repeated. */
const videoService: readonly ErrorRow[] = [
  {
    operation: 'videoJob',
    kind: 'transient',
    name: 'video_service_failed',
    message: 'The video service failed.',
    remedy: 'Nothing: it is tried again.',
    provesNothingCreated: true,
    evidence: 'Fact sheet §3: pds_upload_failure, generic_failure, or no code; no post exists yet',
  },
];

/** What a post can meet. */
export const blueskyErrors: ErrorTable = {
  platform: 'bluesky',
  rows: [...sessions, ...content, ...videoJobs, ...outages],
};

/** What any call can meet, those of the login as well. */
export const allBlueskyErrors: ErrorTable = {
  platform: 'bluesky',
  rows: [...logins, ...blueskyErrors.rows, ...videoService],
};
