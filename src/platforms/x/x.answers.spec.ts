import { HttpAnswer } from '../../common/http/index.js';
import { failureOf, readMetrics, readPage } from './x.answers.js';

const now = new Date('2026-11-22T10:00:00Z');
const seconds = (minutes: number): string => String(now.getTime() / 1000 + minutes * 60);

function waitOf(
  status: number,
  headers: Record<string, string>,
  body: unknown = { title: 'x' },
): number | null {
  const answer = new HttpAnswer(
    status,
    headers,
    Buffer.from(JSON.stringify(body)),
    'https://api.x.com/2/tweets',
  );
  return failureOf(answer, 'createPost', now).retryAfterMs;
}

describe('an answer of X', () => {
  it('says how long to wait: until the window is over', () => {
    const window = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': seconds(7) };
    expect(waitOf(429, window)).toBe(7 * 60_000);
  });

  it('speaks of a day where calls of the window are left', () => {
    const headers = {
      'x-rate-limit-remaining': '40',
      'x-rate-limit-reset': seconds(7),
      'x-app-limit-24hour-remaining': '9',
      'x-app-limit-24hour-reset': seconds(300),
      'x-user-limit-24hour-remaining': '0',
      'x-user-limit-24hour-reset': seconds(600),
    };
    expect(waitOf(429, headers)).toBe(600 * 60_000);
  });

  it('is waited for longer when money or a month is used up', () => {
    expect(waitOf(402, {})).toBe(15 * 60_000);
    expect(waitOf(429, {}, { type: 'https://api.twitter.com/2/problems/usage-capped' })).toBe(6 * 3_600_000);
    expect(waitOf(429, {})).toBeNull();
  });

  it('proves nothing when it is a page of a server on the way', () => {
    const page = new HttpAnswer(400, {}, Buffer.from('<html>'), 'https://api.x.com/2/tweets');
    expect(failureOf(page, 'createPost', now)).toMatchObject({ provesNothingCreated: false });
  });

  it('lists posts by older and by newer names', () => {
    const post = { id: '9007199254740993', created_at: '2026-11-22T09:59:00.000Z', text: 'A' };
    const reply = { type: 'replied_to', id: '9007199254740992' };
    const older = { ...post, referenced_tweets: [reply], note_tweet: { text: 'Long' } };
    const newer = { ...post, referenced_posts: [reply], note_post: { text: 'Long' } };
    const posts = readPage({ data: [older, newer], meta: { next_token: 'n' } });
    expect(posts).toMatchObject({
      after: 'n',
      items: [
        { id: '9007199254740993', text: 'Long', repliesTo: '9007199254740992' },
        { id: '9007199254740993', text: 'Long', repliesTo: '9007199254740992' },
      ],
    });
  });

  it('proves nothing as a list where one entry cannot be read', () => {
    expect(readPage({ data: [{ id: '1' }], meta: {} })).toBeNull();
    expect(readPage({ title: 'Not a list' })).toBeNull();
    expect(readPage({ meta: { result_count: 0 } })).toEqual({ items: [], after: null });
  });

  it('counts by older and by newer names', () => {
    expect(readMetrics({ data: [{ public_metrics: { retweet_count: 2, like_count: 1 } }] })).toEqual({
      reposts: 2,
      likes: 1,
    });
    expect(readMetrics({ data: [{ public_metrics: { repost_count: 3 } }] })).toEqual({ reposts: 3 });
    expect(readMetrics({ errors: [{ title: 'Not Found Error' }] })).toBeNull();
  });
});
