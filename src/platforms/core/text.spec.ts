import fc from 'fast-check';
import { countGraphemes, graphemes, measureText } from './text.js';

const whole = new Intl.Segmenter('und', { granularity: 'grapheme' });
const segmentedAtOnce = (text: string): string[] => Array.from(whole.segment(text), ({ segment }) => segment);

/** What holds together: a family, a flag, marks outside the first plane, a line end, Hangul, a conjunct. */
const pieces = ['a', '👩‍👩‍👧‍👦', '🇩🇪', '🇩', 'e\u0301', 'e\u{1d165}', '\r\n', '한', 'क्ष', '👍🏽', ' ', '\u200d'];

describe('graphemes', () => {
  it('are the same in pieces as at once', () => {
    const text = fc
      .array(fc.constantFrom(...pieces), { minLength: 80, maxLength: 400 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (sample) => {
        expect([...graphemes(sample)]).toEqual(segmentedAtOnce(sample));
      }),
      { numRuns: 60 },
    );
  });

  it('may be longer than the piece that is looked at', () => {
    const long = `e${'\u0301'.repeat(3_000)}`;
    expect([...graphemes(`${long}x${long}`)]).toEqual([long, 'x', long]);
    expect(countGraphemes('🇩🇪'.repeat(2_000))).toBe(2_000);
  });

  it('are counted in texts of any length', () => {
    // At once, this would take longer than any test may.
    expect(countGraphemes('a'.repeat(1_000_000))).toBe(1_000_000);
    expect(measureText('👨‍👩‍👧‍👦'.repeat(20_000), 'graphemes')).toBe(20_000);
  });

  it('of nothing are none', () => {
    expect(countGraphemes('')).toBe(0);
  });
});

describe('measureText', () => {
  it.each([
    ['Hello, world! 👋', 16],
    ['cafe\u0301', 4],
    ['👨‍👩‍👧‍👦', 2],
    ['1️⃣', 2],
    ['日本語', 6],
    ['https://example.com/very/long/path?x=1', 23],
    ['see example.com now', 31],
    ['user@example.com', 16],
  ])('weighs %j as twitter-text does', (text, length) => {
    expect(measureText(text, 'weighted')).toBe(length);
  });

  it.each([
    ['abc', 3],
    ['日本', 2],
    ['😀', 4],
    ['👨‍👩‍👧‍👦', 25],
    ['1️⃣ of 2', 12],
    ['e\u0301', 2],
  ])('counts the emoji of %j as bytes', (text, length) => {
    expect(measureText(text, 'emoji_bytes')).toBe(length);
  });

  it('counts code points, not their halves', () => {
    expect(measureText('a😀e\u0301', 'code_points')).toBe(4);
  });
});
