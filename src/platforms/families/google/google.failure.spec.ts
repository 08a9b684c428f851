import { HttpAnswer } from '../../../common/http/index.js';
import { readGoogleFailure } from './google.failure.js';

function answered(body: string, headers: Record<string, string> = {}): HttpAnswer {
  return new HttpAnswer(403, headers, Buffer.from(body), 'https://www.googleapis.com');
}

describe("an error of Google's", () => {
  it('has its reason in the older shape', () => {
    const errors = [{ domain: 'youtube.quota', reason: 'quotaExceeded', message: 'No more' }];
    const body = JSON.stringify({ error: { code: 403, message: 'No more', errors } });
    expect(readGoogleFailure(answered(body, { 'retry-after': '7' }), 'open')).toEqual({
      status: 403,
      code: 'quotaExceeded',
      message: 'No more',
      operation: 'open',
      retryAfterMs: 7000,
      recognised: true,
    });
  });

  it('has its reason among the details, or else its status, in the newer one', () => {
    const error = { code: 403, status: 'PERMISSION_DENIED', message: 'Disabled' };
    const details = [{ '@type': 'Help' }, { '@type': 'ErrorInfo', reason: 'SERVICE_DISABLED' }];
    expect(
      readGoogleFailure(answered(JSON.stringify({ error: { ...error, details } })), 'list'),
    ).toMatchObject({
      code: 'SERVICE_DISABLED',
      subcode: 'PERMISSION_DENIED',
    });
    expect(readGoogleFailure(answered(JSON.stringify({ error })), 'list').code).toBe('PERMISSION_DENIED');
  });

  it('is none when a page answers', () => {
    expect(readGoogleFailure(answered('<html>'), 'list')).toMatchObject({
      code: undefined,
      recognised: false,
    });
  });
});
