import { comparable, linksOf, listedTexts, withLink } from './threads.text.js';

describe('texts of Threads', () => {
  it.each<[string, string]>([
    ['All about #film and #food', 'All about film and #food'],
    ['All about #film and #food', 'All about #film and #food'],
    ['#film', 'film'],
    ['Nothing# here', 'Nothing# here'],
    ['spaces at the end  \r\nof lines  ', 'spaces at the end\nof lines'],
    ['e\u0301', 'é'],
  ])('are the same as what Threads makes of them: %j', (ours, theirs) => {
    expect(listedTexts(ours)).toContain(comparable(theirs));
  });

  it('differ in anything else', () => {
    expect(listedTexts('All about #film')).not.toContain(comparable('All about food'));
    expect(listedTexts('#film and #food')).not.toContain(comparable('#film and food'));
  });

  it('have each link once, without the punctuation behind it, together with card and attachment', () => {
    const text = 'See https://a.example/x, (https://b.example) and https://a.example/x.';
    const settings = { textAttachment: { text: 'l', link: 'https://d.example/' } };
    const content = { text, link: 'https://c.example/', media: [], thread: [], settings };
    expect(linksOf(content, 0)).toEqual([
      'https://a.example/x',
      'https://b.example',
      'https://c.example/',
      'https://d.example/',
    ]);
  });

  it('get a link only where they do not have it', () => {
    expect(withLink('Read https://a.example', 'https://a.example')).toBe('Read https://a.example');
    expect(withLink(' ', 'https://a.example')).toBe('https://a.example');
  });
});
