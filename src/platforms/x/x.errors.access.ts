import type { ErrorRow } from '../core/index.js';

const sheet = 'Fact sheet §7 (xdevplatform/docs of 2026-08-22)';
const live = `${sheet}; live reports of 2026`;
const reconnect = 'Connect the account again.';
const uploads = [
  'uploadMedia',
  'initializeUpload',
  'appendUpload',
  'finalizeUpload',
  'mediaStatus',
  'describeMedium',
];

/** The login, the app and the account. */
export const accessRows: readonly ErrorRow[] = [
  {
    status: 400,
    code: ['invalid_request', 'invalid_grant'],
    kind: 'auth_expired',
    name: 'login_ended',
    message: 'X does not take the login any more: it was withdrawn, or its refresh token was used before.',
    remedy: reconnect,
    evidence: `${sheet}: "Value passed for the token was invalid."`,
  },
  {
    status: 401,
    code: 'unauthorized_client',
    kind: 'content_refused',
    source: 'system',
    name: 'app_credentials_refused',
    message: 'X does not take the credentials of the app; the login itself is still good.',
    remedy:
      'Check PLATFORM_X_CLIENT_ID and _CLIENT_SECRET, or PUT /api/v1/platforms/x/app-credentials; the app has to be confidential.',
    evidence: `${sheet}: "Missing valid authorization header"`,
  },
  {
    status: 401,
    kind: 'auth_expired',
    name: 'token_ended',
    message: 'X does not take the access any more: it has expired or was withdrawn.',
    remedy: reconnect,
    evidence: `${sheet}: "Unauthorized"; older codes 32, 89, 215`,
  },
  {
    code: ['32', '89', '215'],
    kind: 'auth_expired',
    name: 'token_ended',
    message: 'X does not take the access any more: it has expired or was withdrawn.',
    remedy: reconnect,
    evidence: `${sheet}: older codes 32, 89, 215`,
  },
  {
    status: 403,
    code: 'unsupported-authentication',
    kind: 'auth_expired',
    name: 'token_of_app',
    message: 'The access belongs to an app, not to a person.',
    remedy: reconnect,
    evidence: sheet,
  },
  {
    status: 403,
    code: ['client-forbidden', 'oauth1-permissions'],
    kind: 'content_refused',
    source: 'system',
    name: 'app_not_enrolled',
    message: 'The app may not do this: it is in no project, or has no permission to write.',
    remedy:
      'Put the app into a project with "Read and write" on developer.x.com, then connect the account again.',
    evidence: `${sheet}: "client-not-enrolled", oauth1-permissions`,
  },
  {
    status: 403,
    code: '261',
    kind: 'content_refused',
    source: 'system',
    name: 'app_write_disabled',
    message: 'X has taken the permission to write from the app.',
    remedy: 'Look at the app on developer.x.com.',
    evidence: `${sheet}: older code 261`,
  },
  {
    status: 403,
    operation: uploads,
    pattern: /^Forbidden$/,
    kind: 'content_refused',
    name: 'media_scope_missing',
    message: 'The account was connected without the permission to upload files (media.write).',
    remedy: `${reconnect} Leave every permission ticked.`,
    evidence: `${sheet}: node-twitter-api-v2#588`,
  },
  {
    status: 403,
    code: ['user-suspended', '64'],
    kind: 'content_refused',
    name: 'account_suspended',
    message: 'X has suspended the account.',
    remedy: 'Log in at X and see what can be done about it.',
    evidence: live,
  },
  {
    status: 403,
    code: '326',
    kind: 'content_refused',
    name: 'account_locked',
    message: 'X has locked the account for the time being.',
    remedy: 'Log in at X and do what it asks for.',
    evidence: `${sheet}: older code 326`,
  },
  {
    status: 403,
    pattern: /^Your account is temporarily locked\./,
    kind: 'content_refused',
    name: 'account_locked',
    message: 'X has locked the account for the time being.',
    remedy: 'Log in at X and do what it asks for.',
    evidence: live,
  },
  {
    status: 403,
    code: '226',
    kind: 'content_refused',
    name: 'taken_for_automated',
    message: 'X takes the post for one of a robot.',
    remedy: 'Log in at X, do what it asks for, and post less often or in other words.',
    evidence: `${sheet}: older code 226`,
  },
];
