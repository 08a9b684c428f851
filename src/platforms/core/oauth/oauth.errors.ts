import { classifyAnswer, type ErrorRow, type ErrorTable, type FailedAnswer } from '../error-table.js';
import { PublishError } from '../publish-error.js';

const rfc = 'RFC 6749 §5.2';
const appRemedy =
  'Check the client id and secret in PLATFORM_<KEY>_CLIENT_ID and _CLIENT_SECRET, or in PUT /api/v1/platforms/{key}/app-credentials.';

/** What every OAuth2 server says in the same words. A platform's own rows for `token` and `revoke` come before these. */
export const oauthRows: readonly ErrorRow[] = [
  {
    operation: ['token', 'revoke'],
    code: ['invalid_grant', 'access_denied'],
    kind: 'auth_expired',
    name: 'grant_invalid',
    message: 'The platform does not take the login any more: it was withdrawn, used before, or has expired.',
    remedy: 'Connect the account again.',
    evidence: rfc,
  },
  {
    operation: ['token', 'revoke'],
    code: ['invalid_client', 'unauthorized_client'],
    kind: 'content_refused',
    source: 'system',
    name: 'app_credentials_refused',
    message: 'The platform does not take the credentials of the app.',
    remedy: appRemedy,
    evidence: rfc,
  },
  {
    operation: ['token', 'revoke'],
    code: 'redirect_uri_mismatch',
    kind: 'content_refused',
    source: 'system',
    name: 'redirect_uri_mismatch',
    message: 'The redirect address is not the one that is registered for the app.',
    remedy: 'Register the redirect address of the connect session with the platform, letter by letter.',
    evidence: rfc,
  },
  {
    operation: ['token', 'revoke'],
    code: ['invalid_scope', 'unauthorized_scope_error'],
    kind: 'content_refused',
    source: 'system',
    name: 'scope_refused',
    message: 'The app may not ask for one of the permissions that Fanfare needs.',
    remedy: "Add the product or permission to the app on the platform's developer pages.",
    evidence: rfc,
  },
];

/** The platform's table with the usual OAuth codes in their place. */
export function withOAuthRows({ platform, rows }: ErrorTable): ErrorTable {
  const own = rows.filter(({ operation }) => isOAuth(operation));
  const rest = rows.filter(({ operation }) => !isOAuth(operation));
  return { platform, rows: [...own, ...oauthRows, ...rest] };
}

function isOAuth(operation: string | readonly string[] | undefined): boolean {
  const named = operation === undefined ? [] : [operation].flat();
  return named.includes('token') || named.includes('revoke');
}

/** An answer of the token endpoint that gives no token. */
export function oauthFailure(table: ErrorTable, failed: FailedAnswer): PublishError {
  return classifyAnswer(withOAuthRows(table), failed);
}

/** The person left out a permission that nothing works without. */
export function scopesMissing(platform: string, missing: readonly string[]): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: `${platform}.scopes_missing`,
    message: `The login does not allow what publishing needs: ${missing.join(', ')}.`,
    remedy: 'Connect again and leave every permission ticked on the page of the platform.',
  });
}

export function appMissing(platform: string): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: `${platform}.app_credentials_missing`,
    source: 'system',
    message: 'No app is configured for this platform, so nobody can log in there.',
    remedy: appRemedy.replace('Check', 'Set').replaceAll('<KEY>', capitals(platform)),
  });
}

/** Tokens belong to the app that they were given to. */
export function appChanged(platform: string): PublishError {
  return new PublishError({
    kind: 'auth_expired',
    code: `${platform}.app_changed`,
    message: 'The account was connected with another app than the one that is configured now.',
    remedy: 'Connect the account again, or bring back the credentials of the app it was connected with.',
  });
}

function capitals(platform: string): string {
  return platform.toUpperCase().replaceAll('-', '_');
}
