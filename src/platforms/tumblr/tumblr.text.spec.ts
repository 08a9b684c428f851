import { countCodePoints } from '../core/index.js';
import { paragraphsOf, textBlocks } from './tumblr.text.js';

describe('the text blocks of Tumblr', () => {
  it('are what empty lines part; a single line break stays', () => {
    expect(paragraphsOf('One\r\ntwo\n \n\n  Three  \n\n')).toEqual(['One\ntwo', 'Three']);
    expect(paragraphsOf(' \n\n ')).toEqual([]);
  });

  it('have 4,096 code points at most and are cut at a space', () => {
    const words = `${'word '.repeat(818)}words end of it`;
    expect(paragraphsOf(words)).toEqual([words.slice(0, 4095), 'end of it']);
    expect(paragraphsOf('x'.repeat(4096))).toHaveLength(1);
    expect(paragraphsOf('x'.repeat(4097)).map(countCodePoints)).toEqual([4096, 1]);
  });

  it('are not cut inside of what people see as one character, unless it is longer than a block', () => {
    const family = '👨‍👩‍👧‍👦';
    const pieces = paragraphsOf(family.repeat(600));
    expect(pieces.map(countCodePoints)).toEqual([4095, 105]);
    expect(pieces.join('')).toBe(family.repeat(600));
    const endless = `e${'\u0301'.repeat(5000)}`;
    expect(paragraphsOf(endless).join('')).toBe(endless);
  });

  it('make addresses clickable, by code points and without the punctuation behind them', () => {
    expect(textBlocks('👋 see (https://example.org/a?b=1).')).toEqual([
      {
        type: 'text',
        text: '👋 see (https://example.org/a?b=1).',
        formatting: [{ start: 7, end: 32, type: 'link', url: 'https://example.org/a?b=1' }],
      },
    ]);
  });

  it('have 100 links at most', () => {
    const many = Array.from({ length: 60 }, (_, no) => `https://example.org/${no}`).join(' ');
    const counts = textBlocks(`${many}\n\n${many}\n\nEnd`).map(({ formatting }) =>
      Array.isArray(formatting) ? formatting.length : 0,
    );
    expect(counts).toEqual([60, 40, 0]);
  });
});
