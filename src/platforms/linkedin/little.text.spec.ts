import { plainOf, toLittleText } from './little.text.js';

describe('little text', () => {
  it.each([
    ['Grüße 👋', 'Grüße 👋'],
    ['a|b{c}d@e[f]g(h)i<j>k*l_m~n', String.raw`a\|b\{c\}d\@e\[f\]g\(h\)i\<j\>k\*l\_m\~n`],
    [String.raw`back\slash`, String.raw`back\\slash`],
    ['#News and #two_words', String.raw`{hashtag|\#|News} and #two\_words`],
    ['no# 1 #1 https://a.example/#top x#y', String.raw`no\# 1 \#1 https://a.example/\#top x\#y`],
    [
      'By @[Sandbox_Works](urn:li:organization:1), @[Ann](urn:li:person:a-B_9)',
      String.raw`By @[Sandbox\_Works](urn:li:organization:1), @[Ann](urn:li:person:a-B_9)`,
    ],
    ['@[Nobody](https://example.org)', String.raw`\@\[Nobody\]\(https://example.org\)`],
  ])('writes %j', (text, written) => {
    expect(toLittleText(text)).toBe(written);
  });

  it.each([
    ['  Two\n lines  (and) #News #two_words ', 'Two lines (and) #News #two_words'],
    ['By @[Sandbox Works](urn:li:organization:1)!', 'By Sandbox Works!'],
    [String.raw`\ {x|y} *~`, String.raw`\ {x|y} *~`],
  ])('is compared by what people see: %j', (text, seen) => {
    expect(plainOf(toLittleText(text))).toBe(seen);
  });
});
