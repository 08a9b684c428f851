import type { TargetContent } from '../core/index.js';
import { comparable, composeCaption, hashtagsOf, mentionsOf } from './instagram.text.js';

const content = (changes: Partial<TargetContent>): TargetContent => ({
  ...{ text: 'Hello', link: null, media: [], thread: [], settings: {} },
  ...changes,
});

describe('captions of Instagram', () => {
  it('carry the link once, and none in a story', () => {
    const link = 'https://example.org/';
    expect(composeCaption(content({ link }))).toBe(`Hello\n\n${link}`);
    expect(composeCaption(content({ link, text: '' }))).toBe(link);
    expect(composeCaption(content({ link, text: `See ${link}` }))).toBe(`See ${link}`);
    expect(composeCaption(content({ link, settings: { format: 'story' } }))).toBe('Hello');
  });

  it('are searched for hashtags and mentions as people write them', () => {
    const caption = '#one a#none &#39; #zwei_2 ＃三 @ann.b me@example.org @_c';
    expect(hashtagsOf(caption)).toEqual(['#one', '#zwei_2', '＃三']);
    expect(mentionsOf(caption)).toEqual(['@ann.b', '@_c']);
  });

  it('are the same whatever is done to line endings and space', () => {
    expect(comparable(' a \r\nb\u0301 ')).toBe(comparable('a\nb\u0301'));
  });
});
