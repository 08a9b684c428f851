import { failureOfStatus, maySendAgain } from './tiktok.failures.js';

describe('why nothing came of a post', () => {
  it.each([
    ['internal', 'transient', true],
    ['video_pull_failed', 'transient', true],
    ['photo_pull_failed', 'transient', true],
    ['spam_risk_too_many_posts', 'rate_limited', true],
    ['auth_removed', 'auth_expired', true],
    ['file_format_check_failed', 'content_refused', false],
    ['duration_check_failed', 'content_refused', false],
    ['frame_rate_check_failed', 'content_refused', false],
    ['picture_size_check_failed', 'content_refused', false],
    ['spam_risk', 'content_refused', false],
    ['spam_risk_text', 'content_refused', false],
    ['spam_risk_user_banned_from_posting', 'content_refused', false],
    ['publish_cancelled', 'content_refused', false],
  ])('%s is %s; the post is sent again: %s', (reason, kind, again) => {
    const failure = failureOfStatus(reason);
    expect(failure).toMatchObject({ kind, code: `tiktok.${reason}`, platformCode: reason });
    expect(failure.remedy).not.toBe('');
    expect(maySendAgain(failure)).toBe(again);
  });

  it.each(['constructor', 'something_new', null])('says of %s that it is not known', (reason) => {
    const failure = failureOfStatus(reason);
    expect(failure).toMatchObject({ kind: 'content_refused', code: 'tiktok.failed' });
    expect(failure.message).toContain(reason ?? 'unknown');
  });
});
