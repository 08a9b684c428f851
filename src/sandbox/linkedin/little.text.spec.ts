import { readLittleText } from './little.text.js';

const nameOf = (urn: string): string | undefined =>
  urn === 'urn:li:organization:1' ? 'Acme (Ltd)' : undefined;
const shown = (text: string): string => readLittleText(text, nameOf).shown;

describe('little text', () => {
  it.each([
    ['Grüße 👋\nzwei', 'Grüße 👋\nzwei'],
    ['\\(a\\) \\[b\\] \\{c\\} \\<d\\> \\* \\_ \\~ \\| \\@ \\# \\\\', '(a) [b] {c} <d> * _ ~ | @ # \\'],
    ['a #tag and {hashtag|\\#|other}', 'a #tag and #other'],
    ['to @[Acme \\(Ltd\\)](urn:li:organization:1)!', 'to @Acme (Ltd)!'],
    ['to @[Acme](urn:li:organization:1)!', 'to Acme!'],
  ])('shows %j as %j', (text, seen) => {
    expect(readLittleText(text, nameOf)).toEqual({ shown: seen, cutAt: null });
  });

  it.each('|{}@[]()<>\\*_~'.split(''))('ends at %s that is not escaped', (character) => {
    expect(readLittleText(`before ${character} after`, nameOf)).toEqual({
      shown: 'before ',
      cutAt: { index: 7, character },
    });
  });

  it('ends at a number sign that begins no hashtag', () => {
    expect(shown('we are # one')).toBe('we are ');
  });

  it('ends at a backslash before a character that needs none', () => {
    expect(shown('C:\\new')).toBe('C:');
  });
});
