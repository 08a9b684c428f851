import { HttpAnswer } from '../../common/http/index.js';
import { dataOf, failureOf, readPage, readStatus } from './tiktok.answers.js';
import { permalinkOf } from './tiktok.permalink.js';

const answer = (status: number, body: string): HttpAnswer =>
  new HttpAnswer(status, {}, Buffer.from(body), 'https://open.tiktokapis.com/');
const error = (code: string): string =>
  JSON.stringify({ data: {}, error: { code, message: 'm', log_id: 'L1' } });

describe("TikTok's answers", () => {
  it('keep ids that a number cannot hold, under the misspelt name', () => {
    const body =
      '{"data":{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":[7300000000000000123]},"error":{"code":"ok"}}';
    expect(readStatus(dataOf(answer(200, body)))).toMatchObject({ postIds: ['7300000000000000123'] });
  });

  it('are no success where the code is not "ok", whatever the status says', () => {
    expect(dataOf(answer(200, error('invalid_params')))).toBeNull();
    expect(failureOf(answer(200, error('invalid_params')), 'initVideo')).toMatchObject({
      code: 'tiktok.invalid_params',
      cause: expect.objectContaining({ message: 'm (log_id L1)' }),
    });
  });

  it('say of a page whether there is another', () => {
    const video = {
      id: '1',
      create_time: 10,
      view_count: 3,
      share_url: 'https://www.tiktok.com/@a/video/1?x=1',
    };
    expect(readPage({ videos: [video], cursor: 5, has_more: true })).toMatchObject({
      next: 5,
      videos: [{ id: '1', createdAt: 10_000, figures: { views: 3 } }],
    });
    expect(readPage({ videos: [], cursor: 5, has_more: false })).toEqual({ videos: [], next: null });
  });

  it.each([
    ['rate_limit_exceeded', 60_000],
    ['spam_risk_too_many_posts', 3_600_000],
  ])('mean a wait by their code: %s', (code, retryAfterMs) => {
    expect(failureOf(answer(429, error(code)), 'initVideo')).toMatchObject({
      kind: 'rate_limited',
      retryAfterMs,
    });
  });

  it('end no login that may post and not read', () => {
    const refused = answer(401, error('scope_not_authorized'));
    expect(failureOf(refused, 'videos')).toMatchObject({
      kind: 'content_refused',
      code: 'tiktok.reading_not_allowed',
    });
    expect(failureOf(refused, 'initVideo')).toMatchObject({
      kind: 'auth_expired',
      code: 'tiktok.scope_missing',
    });
  });

  it.each([
    [404, 'upload', 'tiktok.upload_unknown'],
    [403, 'upload', 'tiktok.upload_expired'],
    [404, 'status', 'tiktok.unlisted_404'],
  ])('of an address for bytes speak by the status: %s of %s', (status, operation, code) => {
    expect(failureOf(answer(status, ''), operation)).toMatchObject({ code, provesNothingCreated: false });
  });
});

describe('the address of a post', () => {
  const post = { username: 'anna', id: '73', photos: false };
  it("is TikTok's own, without what is counted by it", () => {
    expect(permalinkOf('https://www.tiktok.com/@anna/video/73?utm=1', post)).toBe(
      'https://www.tiktok.com/@anna/video/73',
    );
  });
  it('is made of the name where TikTok does not say it', () => {
    expect(permalinkOf(null, { ...post, photos: true })).toBe('https://www.tiktok.com/@anna/photo/73');
    expect(permalinkOf(null, { ...post, username: null })).toBeNull();
  });
});
