import { measureText } from '../core/index.js';
import { composePartText, showsSame } from './x.text.js';

const content = { text: 'Read this', link: null, media: [], thread: [], settings: {} };

describe('the text of a post on X', () => {
  it.each([
    ['Hello, world! 👋', 16],
    ['cafe\u0301', 4],
    ['👨‍👩‍👧‍👦', 2],
    ['1️⃣', 2],
    ['日本語', 6],
    ['https://example.com/very/long/path?x=1', 23],
    ['see example.com now', 31],
    ['https://example.com/日本', 27],
    ['http://例え.jp', 23],
    ['user@example.com', 16],
    ['“q” — dash', 10],
    ['…', 2],
  ])('%j weighs %d', (text, weight) => {
    expect(measureText(text, 'weighted')).toBe(weight);
  });

  it('has its link behind it, unless it stands in it', () => {
    const link = 'https://example.org/a';
    expect(composePartText({ ...content, link }, 0)).toBe('Read this\n\nhttps://example.org/a');
    expect(composePartText({ ...content, text: `See ${link}`, link }, 0)).toBe(`See ${link}`);
    expect(composePartText({ ...content, text: ' ', link }, 0)).toBe(link);
  });

  describe('is known again', () => {
    const short = 'https://t.co/abc';
    const url = (...targets: string[]) => [{ url: short, targets }];

    it.each([
      ['as it was sent', 'Hello', [], 'Hello'],
      ['with escaped characters', 'a &lt; b &amp;&amp; c &gt; d', [], 'a < b && c > d'],
      ['in composed characters', 'caf\u00e9', [], 'cafe\u0301'],
      ['with a shortened address', `See ${short}`, url('https://example.org/a'), 'See https://example.org/a'],
      ['with a bare domain', `See ${short} now`, url('http://example.org'), 'See example.org now'],
      [
        'by where an address leads on',
        `See ${short}`,
        url('https://a.example.org', 'https://b.example.org/x'),
        'See https://b.example.org/x',
      ],
      ['without the address of its media', `Look ${short}`, url(), 'Look'],
      [
        'with emoji before an address',
        `👋 ${short} 👋`,
        url('https://Example.org/A/'),
        '👋 https://example.org/A 👋',
      ],
    ])('%s', (_how, text, urls, sent) => {
      expect(showsSame({ text, urls }, sent)).toBe(true);
    });

    it.each([
      ['other words', 'Hello', [], 'Hello!'],
      ['another address', `See ${short}`, url('https://example.org/b'), 'See https://example.org/a'],
    ])('not by %s', (_how, text, urls, sent) => {
      expect(showsSame({ text, urls }, sent)).toBe(false);
    });
  });
});
