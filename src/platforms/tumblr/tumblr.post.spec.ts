import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { buildPost } from './tumblr.post.js';
import { slugMark } from './tumblr.slug.js';

const picture: MediaItem = {
  ...{ id: '1', kind: 'image', mimeType: 'image/png', bytes: 3, sha256: '00', width: 40, height: 30 },
  ...{ durationMs: null, altText: 'Two ducks', fileName: 'a.png' },
};
const clip: MediaItem = { ...picture, kind: 'video', mimeType: 'video/mp4', altText: null };
const content = (change: Partial<TargetContent>): TargetContent => ({
  ...{ text: '', link: null, media: [], thread: [], settings: {} },
  ...change,
});
const slugOf = (text: string, settings: JsonObject = {}): unknown =>
  buildPost(content({ text, settings }), 'ffff000000')['slug'];

describe('a post for Tumblr', () => {
  it('has its heading, files, words and card, in this order', () => {
    const link = 'https://example.org/';
    const post = buildPost(
      content({
        text: 'Look',
        link,
        media: [picture, clip],
        settings: { title: 'Ducks', tags: ['a b', ' c'] },
      }),
      'ffff000000',
    );
    expect(post).toEqual({
      content: [
        { type: 'text', subtype: 'heading1', text: 'Ducks' },
        {
          type: 'image',
          media: [{ type: 'image/png', identifier: 'm0', width: 40, height: 30 }],
          alt_text: 'Two ducks',
        },
        { type: 'video', media: { type: 'video/mp4', identifier: 'm1', width: 40, height: 30 } },
        { type: 'text', text: 'Look' },
        { type: 'link', url: link },
      ],
      ...{ state: 'published', tags: 'a b,c', slug: 'ducks-ffff000000' },
    });
  });

  it('has rows of pictures only where they follow each other', () => {
    const media = [picture, picture, clip, picture];
    expect(buildPost(content({ text: 'Four', media, settings: { columns: 3 } }), 'm')['layout']).toEqual([
      { type: 'rows', display: [{ blocks: [0, 1] }, { blocks: [2] }, { blocks: [3] }, { blocks: [4] }] },
    ]);
  });

  it.each([
    ['Über den Wolken, für immer', 'uber-den-wolken-fur-immer-ffff000000'],
    ['See https://example.org/a now', 'see-now-ffff000000'],
    ['日本語', 'ffff000000'],
    ['long '.repeat(9), 'long-long-long-long-long-long-long-long-ffff000000'],
    ['x'.repeat(50), 'ffff000000'],
  ])('has an address of the words %j and the mark', (text, slug) => {
    expect(slugOf(text)).toBe(slug);
  });

  it('has the words that were asked for in its address', () => {
    expect(slugOf('Anything', { slug: 'of-bread', title: 'No' })).toBe('of-bread-ffff000000');
  });

  it('has a mark that is the same for a commit and another for the next', () => {
    expect(slugMark('one')).toMatch(/^[0-9a-f]{10}$/);
    expect(slugMark('one')).toBe(slugMark('one'));
    expect(slugMark('one')).not.toBe(slugMark('two'));
  });
});
