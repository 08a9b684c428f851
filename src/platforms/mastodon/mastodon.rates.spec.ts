import { readMastodonLimits } from './mastodon.rates.js';

const read = (headers: Readonly<Record<string, string>>) =>
  readMastodonLimits({ status: 200, headers, receivedAt: new Date('2026-11-20T10:00:00Z') });

describe('what Mastodon says of its limits', () => {
  it('is taken for some limit or other, until a time stamp', () => {
    expect(
      read({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-11-20T12:00:00.000000Z' }),
    ).toEqual([{ limit: 'posts', remaining: 0, resetAt: new Date('2026-11-20T12:00:00Z'), certain: false }]);
  });

  it.each([
    [{}],
    [{ 'x-ratelimit-remaining': '0' }],
    [{ 'x-ratelimit-remaining': 'many', 'x-ratelimit-reset': '2026-11-20T12:00:00Z' }],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }],
    [{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '2026-11-20T12:00:00Z' }],
  ])('is nothing while something is left, or where it cannot be read: %j', (headers) => {
    expect(read(headers)).toEqual([]);
  });
});
