import { HttpAnswer } from '../../common/http/index.js';
import { classifyAnswer } from '../core/index.js';
import { failureOf } from './linkedin.answers.js';
import { linkedinErrors, linkedinTokenErrors } from './linkedin.errors.js';

const evening = new Date('2026-11-21T22:30:00Z');

const failure = (status: number, body: unknown, headers: Record<string, string> = {}): unknown => {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return failureOf(
    new HttpAnswer(status, headers, bytes, 'https://api.linkedin.com/rest/posts'),
    'createPost',
    evening,
  );
};

describe('linkedin.errors', () => {
  it('waits until midnight for a limit of the day, a minute for comments, and as long as it is told', () => {
    const day = 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.';
    expect(failure(429, { status: 429, message: day })).toMatchObject({ retryAfterMs: 90 * 60_000 });
    const comments = 'Comment create throttled: creation rate limit exceeded for member';
    expect(failure(429, { status: 429, message: comments })).toMatchObject({ retryAfterMs: 60_000 });
    expect(failure(429, { status: 429 })).toMatchObject({ retryAfterMs: null });
    expect(failure(429, { status: 429, message: day }, { 'retry-after': '7' })).toMatchObject({
      retryAfterMs: 7_000,
    });
  });

  it('takes a page of a proxy for no proof', () => {
    for (const status of [403, 404, 502, 524])
      expect(failure(status, '<html>CDN</html>')).toMatchObject({ provesNothingCreated: false });
  });

  it('leaves open what became of a post that was answered with a failure of the server', () => {
    expect(failure(500, { status: 500, code: 'INTERNAL_SERVER_ERROR' })).toMatchObject({
      kind: 'transient',
      provesNothingCreated: false,
    });
    expect(failure(418, { status: 418 })).toMatchObject({ code: 'linkedin.unlisted_418' });
  });

  it.each([
    [
      'invalid_request',
      'Unable to retrieve access token: appid/redirect uri/code verifier does not match',
      'grant_invalid',
    ],
    ['invalid_redirect_uri', 'Unable to retrieve access token', 'grant_invalid'],
    ['invalid_request', 'A required parameter "refresh_token" is missing', 'token_request_invalid'],
  ])('reads %s "%s" of the token endpoint as %s', (code, message, name) => {
    const failed = { status: 400, code, message, operation: 'token', recognised: true };
    expect(classifyAnswer(linkedinTokenErrors, failed).code).toBe(`linkedin.${name}`);
  });

  it('says for every row where it comes from', () => {
    expect(linkedinErrors.rows.every((row) => row.evidence.length > 10)).toBe(true);
  });
});
