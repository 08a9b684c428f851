import { HttpAnswer } from '../../common/http/index.js';
import { failureOf, videoFailure } from './bluesky.answers.js';
import { allBlueskyErrors } from './bluesky.errors.js';

const now = new Date('2026-11-21T12:00:00Z');

function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new HttpAnswer(status, headers, Buffer.from(text), 'https://pds.example/xrpc/x');
}

/** Rows of the fact sheet's error section: operation, status, `error`, what it has to become, whether nothing exists. */
const sheet: [string, number, string, string, string, boolean][] = [
  ['putRecord', 400, 'ExpiredToken', 'auth_expired', 'token_expired', true],
  ['refreshSession', 400, 'ExpiredToken', 'auth_expired', 'session_revoked', true],
  ['uploadBlob', 400, 'InvalidToken', 'auth_expired', 'token_invalid', true],
  ['uploadBlob', 401, 'AuthMissing', 'auth_expired', 'login_required', true],
  ['uploadBlob', 401, 'AuthenticationRequired', 'auth_expired', 'login_required', true],
  ['createSession', 401, 'AuthenticationRequired', 'auth_expired', 'app_password_invalid', true],
  ['createSession', 401, 'AuthFactorTokenRequired', 'auth_expired', 'second_factor_required', true],
  ['putRecord', 401, 'use_dpop_nonce', 'content_refused', 'dpop_required', true],
  ['putRecord', 401, 'AccountTakedown', 'content_refused', 'account_blocked', true],
  ['refreshSession', 401, 'AccountTakedown', 'content_refused', 'account_blocked', true],
  ['createSession', 401, 'AccountDeactivated', 'content_refused', 'account_deactivated', true],
  ['putRecord', 401, 'AccountSuspended', 'content_refused', 'account_blocked', true],
  ['putRecord', 401, 'AuthenticationRequired', 'content_refused', 'wrong_repository', true],
  ['putRecord', 400, 'InvalidMimeType', 'content_refused', 'media_refused', true],
  ['putRecord', 400, 'InvalidSize', 'content_refused', 'media_refused', true],
  ['putRecord', 400, 'BlobTooLarge', 'content_refused', 'media_refused', true],
  ['putRecord', 400, 'SyntaxError', 'content_refused', 'record_invalid', true],
  ['putRecord', 400, 'InvalidRequest', 'content_refused', 'record_invalid', true],
  ['putRecord', 400, 'BlobNotFound', 'content_refused', 'media_gone', true],
  ['uploadBlob', 413, 'PayloadTooLarge', 'content_refused', 'media_too_large', true],
  ['putRecord', 400, 'InvalidSwap', 'outcome_unknown', 'record_key_taken', false],
  ['putRecord', 429, 'RateLimitExceeded', 'rate_limited', 'rate_limited', true],
  ['putRecord', 502, 'UpstreamFailure', 'transient', 'unavailable', false],
  ['getRecord', 502, 'UpstreamTimeout', 'transient', 'unavailable', false],
  ['putRecord', 503, 'ServiceUnavailable', 'transient', 'unavailable', false],
  ['putRecord', 504, 'GatewayTimeout', 'transient', 'unavailable', false],
  ['putRecord', 500, 'InternalServerError', 'outcome_unknown', 'write_ambiguous', false],
  ['applyWrites', 500, 'InternalServerError', 'outcome_unknown', 'write_ambiguous', false],
  ['applyWrites', 401, 'AuthenticationRequired', 'content_refused', 'wrong_repository', true],
  ['getPosts', 502, 'UpstreamFailure', 'transient', 'appview_unavailable', false],
  ['uploadBlob', 500, 'InternalServerError', 'transient', 'unavailable', false],
  ['putRecord', 400, 'NeverHeardOf', 'outcome_unknown', 'unlisted_400', false],
];

describe('bluesky.errors', () => {
  it.each(sheet)('%s %i %s is %s (%s)', (operation, status, error, kind, name, nothing) => {
    const failure = failureOf(answer(status, { error, message: 'words' }), operation, now);
    expect(failure).toMatchObject({
      kind,
      code: `bluesky.${name}`,
      platformCode: error,
      provesNothingCreated: nothing,
    });
    expect(failure.message).not.toBe('');
    expect(failure.remedy).not.toBe('');
  });

  it('keeps an AppView that is out of order apart from the server that is written to', () => {
    const body = { error: 'UpstreamFailure', message: '' };
    const outages = ['getPosts', 'putRecord'].map((of) => failureOf(answer(502, body), of, now).outage);
    expect(outages).toEqual([false, true]);
  });

  it('tells an app password without the privilege by the words of the PDS', () => {
    const body = { error: 'InvalidToken', message: 'Bad token scope' };
    expect(failureOf(answer(400, body), 'putRecord', now).code).toBe('bluesky.app_password_scope');
  });

  it('takes no page of a proxy for proof', () => {
    for (const status of [400, 401, 403, 413, 429, 502]) {
      const failure = failureOf(answer(status, '<html>no</html>'), 'putRecord', now);
      expect(failure.provesNothingCreated).toBe(false);
    }
  });

  it('reads RateLimit-Reset as seconds since 1970', () => {
    const headers = { 'ratelimit-reset': String(now.getTime() / 1000 + 90) };
    const failure = failureOf(answer(429, { error: 'RateLimitExceeded' }, headers), 'putRecord', now);
    expect(failure.retryAfterMs).toBe(90_000);
    const past = failureOf(answer(429, { error: 'x' }, { 'ratelimit-reset': '1' }), 'putRecord', now);
    expect(past.retryAfterMs).toBe(0);
    expect(failureOf(answer(429, { error: 'x' }), 'putRecord', now).retryAfterMs).toBeNull();
  });

  it.each([
    ['validation_failure', 'content_refused'],
    ['encoding_failure', 'content_refused'],
    ['pds_upload_unsupported_blob_size', 'content_refused'],
    ['pds_upload_failure', 'transient'],
    ['generic_failure', 'transient'],
    [null, 'transient'],
  ])('a video job that failed with %s is %s', (failureCode, kind) => {
    expect(videoFailure({ failureCode, message: '' }).kind).toBe(kind);
  });

  it('says for every row where it comes from', () => {
    expect(allBlueskyErrors.rows.every((row) => row.evidence.length > 10)).toBe(true);
  });
});
