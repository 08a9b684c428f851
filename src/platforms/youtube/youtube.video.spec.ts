import type { JsonObject } from '../core/index.js';
import { descriptionOf, lengthOfTags, metadataOf, titleOf } from './youtube.video.js';

function content(text: string, settings: JsonObject = {}, link: string | null = null) {
  return { text, link, settings, media: [], thread: [] };
}

describe('the words of a video', () => {
  it.each([
    ['the setting', content('First\nSecond', { title: 'Set' }), 'Set'],
    ['the first line', content('\n  First  \nSecond'), 'First'],
    ['as much of it as fits', content('😀'.repeat(101)), '😀'.repeat(100)],
    ['nothing where there is nothing', content(''), ''],
  ])('have as title %s', (_name, given, title) => {
    expect(titleOf(given)).toBe(title);
  });

  it.each([
    ['behind the text', 'Read', 'Read\n\nhttps://example.org'],
    ['once', 'Read https://example.org now', 'Read https://example.org now'],
    ['alone', '', 'https://example.org'],
  ])('have the link %s', (_name, text, description) => {
    expect(descriptionOf(content(text, {}, 'https://example.org'))).toBe(description);
  });

  it.each<[string[], number]>([
    [[], 0],
    [['bread'], 5],
    [['bread', 'sour dough'], 5 + 1 + 12],
  ])('count the tags %j with commas and quotation marks', (tags, length) => {
    expect(lengthOfTags(tags)).toBe(length);
  });

  it('say everything when the upload begins, so that nothing has to be changed later', () => {
    const settings = {
      tags: ['a'],
      language: 'de',
      privacy: 'unlisted',
      madeWithAi: true,
      license: 'youtube',
    };
    expect(metadataOf(content('Words', settings))).toEqual({
      snippet: { title: 'Words', description: 'Words', tags: ['a'], categoryId: '22', defaultLanguage: 'de' },
      status: {
        privacyStatus: 'unlisted',
        selfDeclaredMadeForKids: false,
        containsSyntheticMedia: true,
        embeddable: true,
        license: 'youtube',
        publicStatsViewable: true,
      },
    });
  });
});
