import { HttpAnswer } from '../../common/http/index.js';
import { failureOf } from './mastodon.answers.js';
import { mastodonErrors } from './mastodon.errors.js';

const now = new Date('2026-11-21T12:00:00Z');

function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new HttpAnswer(status, headers, Buffer.from(text), 'https://mastodon.example/api');
}

/** Rows of the fact sheet's error section: operation, status, `error`, what it has to become, whether nothing exists. */
const sheet: [string, number, string, string, string, boolean][] = [
  ['createStatus', 401, 'The access token is invalid', 'auth_expired', 'token_revoked', true],
  ['createStatus', 401, 'The access token was revoked', 'auth_expired', 'token_revoked', true],
  ['media', 401, 'The access token expired', 'auth_expired', 'token_revoked', true],
  [
    'createStatus',
    403,
    'This action is outside the authorized scopes',
    'auth_expired',
    'scope_missing',
    true,
  ],
  ['createStatus', 403, 'Your login is currently disabled', 'content_refused', 'account_blocked', true],
  [
    'createStatus',
    403,
    'Your login is currently pending approval',
    'content_refused',
    'account_blocked',
    true,
  ],
  [
    'createStatus',
    403,
    'Your login is missing a confirmed e-mail address',
    'content_refused',
    'account_blocked',
    true,
  ],
  ['createStatus', 403, 'Diese Aktion ist nicht erlaubt', 'content_refused', 'forbidden', true],
  ['token', 401, 'invalid_client', 'auth_expired', 'app_unknown', true],
  ['token', 400, 'invalid_grant', 'auth_expired', 'code_invalid', true],
  ['createStatus', 404, 'Record not found', 'content_refused', 'target_gone', true],
  ['media', 404, 'Record not found', 'content_refused', 'not_found', true],
  [
    'createStatus',
    422,
    'Validation failed: Text character limit of 500 exceeded',
    'content_refused',
    'validation_failed',
    true,
  ],
  [
    'createStatus',
    422,
    'Cannot attach files that have not finished processing. Try again in a moment!',
    'transient',
    'media_processing',
    true,
  ],
  [
    'createStatus',
    422,
    'This method requires an authenticated user',
    'auth_expired',
    'user_token_missing',
    true,
  ],
  ['uploadMedia', 422, 'Validation failed: File type', 'content_refused', 'media_refused', true],
  [
    'uploadMedia',
    500,
    'Error processing thumbnail for uploaded media',
    'transient',
    'media_processing_failed',
    true,
  ],
  ['createStatus', 500, 'Internal Server Error', 'transient', 'unavailable', false],
  ['createStatus', 400, 'status is missing', 'content_refused', 'request_invalid', true],
  ['createStatus', 429, 'Too many requests', 'rate_limited', 'rate_limited', true],
  ['createStatus', 429, 'Throttled', 'rate_limited', 'rate_limited', true],
  ['createStatus', 503, 'Remote data could not be fetched', 'transient', 'unavailable', false],
  ['createStatus', 410, 'Gone', 'transient', 'instance_gone', false],
  ['createStatus', 451, 'Unavailable', 'transient', 'instance_gone', false],
  ['createStatus', 418, 'teapot', 'outcome_unknown', 'unlisted_418', false],
];

describe('mastodon.errors', () => {
  it.each(sheet)('%s %i "%s" is %s (%s)', (operation, status, error, kind, name, nothing) => {
    const failure = failureOf(answer(status, { error }), operation, now);
    expect(failure).toMatchObject({ kind, code: `mastodon.${name}`, provesNothingCreated: nothing });
    expect(failure.remedy).not.toBe('');
  });

  it.each([
    [502, 'transient', 'unavailable'],
    [504, 'transient', 'unavailable'],
    [520, 'transient', 'unavailable'],
    [527, 'transient', 'unavailable'],
    [429, 'rate_limited', 'rate_limited'],
    [403, 'content_refused', 'forbidden'],
    [413, 'content_refused', 'media_too_large'],
    [301, 'content_refused', 'instance_elsewhere'],
  ])('takes a page with status %i for %s and for no proof', (status, kind, name) => {
    const failure = failureOf(answer(status, '<html>CDN</html>'), 'createStatus', now);
    expect(failure).toMatchObject({ kind, code: `mastodon.${name}`, provesNothingCreated: false });
  });

  it('reads X-RateLimit-Reset as a time stamp, and the seconds of a CDN first', () => {
    const reset = { 'x-ratelimit-reset': '2026-11-21T12:05:00.000000Z' };
    const body = { error: 'Too many requests' };
    expect(failureOf(answer(429, body, reset), 'createStatus', now).retryAfterMs).toBe(300_000);
    const cdn = { ...reset, 'retry-after': '7' };
    expect(failureOf(answer(429, body, cdn), 'createStatus', now).retryAfterMs).toBe(7_000);
    expect(failureOf(answer(429, body), 'createStatus', now).retryAfterMs).toBeNull();
  });

  it('says for every row where it comes from', () => {
    expect(mastodonErrors.rows.every((row) => row.evidence.length > 10)).toBe(true);
  });
});
