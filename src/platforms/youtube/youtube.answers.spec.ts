import { HttpAnswer } from '../../common/http/index.js';
import { failureOf, readPage, readStatistics, readVideo, receivedOf } from './youtube.answers.js';

const now = new Date('2026-11-22T20:00:00Z');
const twelveHoursMs = 12 * 60 * 60_000;

function answered(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return new HttpAnswer(status, headers, Buffer.from(JSON.stringify(body)), 'https://www.googleapis.com');
}

function refused(status: number, reason: string, message = 'No'): HttpAnswer {
  return answered(status, {
    error: { code: status, message, errors: [{ domain: 'youtube', reason, message }] },
  });
}

describe('an answer that says to wait', () => {
  it.each([
    ['quotaExceeded', 403, 'No', 'quota_used'],
    ['dailyLimitExceeded', 403, 'No', 'quota_used'],
    ['rateLimitExceeded', 429, "Quota exceeded for limit 'Video Uploads per day' of service", 'uploads_used'],
  ])('for the day (%s) waits until midnight in California', (reason, status, message, name) => {
    expect(failureOf(refused(status, reason, message), 'openSession', now)).toMatchObject({
      kind: 'rate_limited',
      code: `youtube.${name}`,
      retryAfterMs: twelveHoursMs,
    });
  });

  it('for a moment leaves it to the pause of the platform', () => {
    expect(failureOf(refused(429, 'rateLimitExceeded'), 'openSession', now)).toMatchObject({
      code: 'youtube.rate_limited',
      retryAfterMs: null,
    });
  });

  it('for the channel waits a day', () => {
    expect(failureOf(refused(400, 'uploadLimitExceeded'), 'openSession', now)).toMatchObject({
      code: 'youtube.channel_limit',
      retryAfterMs: 2 * twelveHoursMs,
    });
  });
});

describe('an answer to the last piece', () => {
  it('that the session is gone proves that this call has made nothing', () => {
    expect(failureOf(refused(404, 'notFound'), 'finishUpload', now)).toMatchObject({
      kind: 'transient',
      code: 'youtube.session_gone',
      provesNothingCreated: true,
    });
  });

  it.each([
    [400, 'badRequest'],
    [503, 'backendError'],
  ])('with %i proves nothing', (status, reason) => {
    expect(failureOf(refused(status, reason), 'finishUpload', now).provesNothingCreated).toBe(false);
  });
});

describe('reading', () => {
  it('finds how many bytes are there, none without the header', () => {
    expect(receivedOf(answered(308, {}, { range: 'bytes=0-262143' }))).toBe(262_144);
    expect(receivedOf(answered(308, {}))).toBe(0);
  });

  it('takes a list that is left out for an empty one, and none with an entry that cannot be read', () => {
    expect(readPage({ kind: 'youtube#videoListResponse' }, readVideo)).toEqual({ items: [], next: null });
    expect(readPage({ items: [{ id: 'a' }, {}] }, readVideo)).toBeNull();
    expect(readPage('<html>', readVideo)).toBeNull();
  });

  it('leaves out figures that are hidden', () => {
    expect(readStatistics({ statistics: { viewCount: '12', commentCount: '0' } })).toEqual({
      views: 12,
      comments: 0,
    });
  });

  it('knows why a video is not shown, and how large its file was', () => {
    const status = { uploadStatus: 'rejected', rejectionReason: 'duplicate', privacyStatus: 'public' };
    expect(readVideo({ id: 'v', status, fileDetails: { fileSize: '2048' } })).toMatchObject({
      uploadStatus: 'rejected',
      reason: 'duplicate',
      fileBytes: 2048,
    });
  });
});
