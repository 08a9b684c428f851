import { HttpAnswer } from '../../common/http/index.js';
import { failureOf, idOf, readCounters, readPost, readQuota } from './tumblr.answers.js';

const now = new Date('2026-11-22T12:00:00Z');
const answer = (status: number, body: unknown): HttpAnswer =>
  new HttpAnswer(
    status,
    {},
    Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    'https://x',
  );

describe('an answer of Tumblr', () => {
  it('has an id of 64 bits, which is never read as a number', () => {
    const body = answer(200, '{"id":739184756291837465,"id_string":"739184756291837465"}').json();
    expect(idOf(body)).toBe('739184756291837465');
    expect(idOf(answer(200, '{"id":739184756291837465}').json())).toBe('739184756291837465');
    expect(idOf({ id: '7' })).toBe('7');
    expect(idOf({})).toBeNull();
  });

  it('that refuses is read by the code that is known, wherever it stands', () => {
    const errors = [{ code: 0 }, { code: 4711 }, { code: 8010, title: 'Forbidden' }];
    expect(failureOf(answer(403, { meta: { status: 403 }, errors }), 'createPost', now)).toMatchObject({
      code: 'tumblr.video_converting',
      provesNothingCreated: true,
      retryAfterMs: 300_000,
    });
    expect(failureOf(answer(400, { response: { errors: [{ code: 8005 }] } }), 'createPost', now).code).toBe(
      'tumblr.media_refused',
    );
  });

  it('that is a page of the edge proves nothing', () => {
    expect(failureOf(answer(403, '<html>'), 'createPost', now)).toMatchObject({
      ...{ code: 'tumblr.edge_refused', kind: 'transient', provesNothingCreated: false },
    });
  });

  it('without an id or a time is no post', () => {
    const post = { id_string: '7', timestamp: 1_764_000_000, post_url: 'https://a', slug: 's' };
    expect(readPost(post)).toEqual({
      id: '7',
      url: 'https://a',
      slug: 's',
      createdAt: new Date(1_764_000_000_000),
    });
    expect(readPost({ ...post, timestamp: null })).toBeNull();
  });

  it('says what is left of the hour, the day and the posts of the user', () => {
    const headers = { 'x-ratelimit-perhour-remaining': '7', 'x-ratelimit-perhour-reset': '60' };
    expect(readCounters({ status: 200, headers, receivedAt: now })).toEqual([
      { limit: 'calls_of_the_hour', remaining: 7, resetAt: new Date('2026-11-22T12:01:00Z'), certain: true },
    ]);
    const posts = { limit: 250, remaining: 3, reset_at: now.getTime() / 1000 + 60 };
    expect(readQuota({ response: { user: { posts } } }, now)).toEqual([
      { limit: 'posts', remaining: 3, resetAt: new Date('2026-11-22T12:01:00Z'), certain: true },
    ]);
    expect(readQuota({ response: { user: { posts: { ...posts, reset_at: 1 } } } }, now)).toEqual([]);
    expect(readQuota({ response: {} }, now)).toEqual([]);
  });
});
