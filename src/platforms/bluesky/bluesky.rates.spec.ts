import { readBlueskyLimits } from './bluesky.rates.js';

const resetAt = new Date('2026-11-20T11:00:00Z');

const read = (policy: string, remaining: string) =>
  readBlueskyLimits({
    status: 200,
    headers: {
      'ratelimit-policy': policy,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': String(resetAt.getTime() / 1000),
    },
    receivedAt: new Date('2026-11-20T10:00:00Z'),
  });

describe('what Bluesky says of its limits', () => {
  it.each([
    ['5000;w=3600', '500', { limit: 'posts', remaining: 166 }],
    ['5000; w=3600', '2', { limit: 'posts', remaining: 0 }],
    ['35000;w=86400', '300', { limit: 'posts_of_a_day', remaining: 100 }],
  ])('under %s with %s points left is counted in posts', (policy, points, reading) => {
    expect(read(policy, points)).toEqual([{ ...reading, resetAt, certain: true }]);
  });

  it.each([
    ['30;w=300', '29'],
    ['3000;w=300', '0'],
    ['', '0'],
    ['5000;w=3600', 'many'],
    ['5000;w=3600', '501'],
  ])('under %s with %s left says nothing of posts', (policy, points) => {
    expect(read(policy, points)).toEqual([]);
  });
});
