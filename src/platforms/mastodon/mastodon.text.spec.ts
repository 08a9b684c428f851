import type { TargetContent } from '../core/index.js';
import { comparable, composePartText, countCharacters, stripHtml } from './mastodon.text.js';

const link = 'https://example.com/a';

function content(text: string): TargetContent {
  return { text, link, media: [], thread: [{ text: 'two', media: [] }], settings: {} };
}

describe('countCharacters', () => {
  it.each([
    ['', 0],
    ['hello', 5],
    ['👨‍👩‍👧‍👦é', 2],
    ['https://a.b', 23],
    [`see https://example.com/${'x'.repeat(300)} now`, 4 + 23 + 4],
    ['(https://example.com/a).', 1 + 23 + 2],
    ['https://en.wikipedia.org/wiki/A_(b)', 23],
    ['@anna', 5],
    ['@anna@mastodon.example hi', 5 + 3],
    ['mail anna@example.com', 21],
    ['https://example.com/@anna@other.example', 23],
  ])('counts %s as %i', (text, length) => {
    expect(countCharacters(text, 23)).toBe(length);
  });

  it('counts URLs as the instance says', () => {
    expect(countCharacters('https://example.com/abcdef', 30)).toBe(30);
  });
});

describe('composePartText', () => {
  it.each([
    ['Hello', `Hello\n\n${link}`],
    [' ', link],
    [`See ${link}`, `See ${link}`],
    [`See (${link}).`, `See (${link}).`],
    [`See ${link}bc`, `See ${link}bc\n\n${link}`],
  ])('of %j is %j', (text, composed) => {
    expect(composePartText(content(text), 0)).toBe(composed);
  });

  it('takes later parts as they are', () => {
    expect(composePartText(content('one'), 1)).toBe('two');
  });
});

describe('comparable', () => {
  it('makes the rendered post equal to what was written', () => {
    const written = 'Tom & "Ann" <3\nhi @bob@other.example #tag\n\nhttps://www.example.com/a?b=1&c=2';
    const html =
      '<p>Tom &amp; &quot;Ann&quot; &lt;3<br />hi <span class="h-card"><a href="https://other.example/@bob">@<span>bob</span></a></span> ' +
      '<a href="https://m/tags/tag" class="mention hashtag">#<span>tag</span></a></p><p><a href="https://www.example.com/a?b=1&amp;c=2">' +
      '<span class="invisible">https://www.</span><span class="ellipsis">example.com/a?b=1&amp;c</span><span class="invisible">=2</span></a></p>';
    expect(comparable(stripHtml(html))).toBe(comparable(written));
  });

  it('decodes numbered entities and leaves unknown ones', () => {
    expect(stripHtml('&#39;&#x1F600;&unknown;&#0;')).toBe("'😀&unknown;&#0;");
  });
});
