import { lengthOf } from './text.length.js';

describe('length of a status', () => {
  it.each<[string, number]>([
    ['', 0],
    ['hello', 5],
    ['👨‍👩‍👧‍👦é', 2],
    ['https://a.b', 23],
    [`see https://example.com/${'x'.repeat(200)}, now`, 4 + 23 + 5],
    ['@bob@very-long-domain.example hi', 7],
    ['@bob hi', 7],
    ['mail bob@example.com', 20],
  ])('counts %j as %d', (text, length) => {
    expect(lengthOf(text)).toBe(length);
  });
});
