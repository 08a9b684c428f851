import type { MediaItem } from '../../platforms/core/index.js';
import type { PostBase, TargetOverrides } from './post.js';
import { composeTarget, contentHashOf, inherit, mediaIdsOf } from './target.composer.js';

const base: PostBase = {
  text: 'base',
  link: 'https://example.org/',
  media: [{ id: 'm1', altText: 'given' }],
  thread: [{ text: 'second', media: [{ id: 'm2', altText: null }] }],
};
const nothing: TargetOverrides = { text: null, link: null, media: null, thread: null, settings: null };

function medium(id: string): MediaItem {
  return {
    id,
    kind: 'image',
    mimeType: 'image/png',
    bytes: 1,
    sha256: 'aa',
    width: 1,
    height: 1,
    durationMs: null,
    altText: `of ${id}`,
    fileName: `${id}.png`,
  };
}

describe('inherit', () => {
  it('takes everything from the post where the target says nothing', () => {
    expect(inherit(base, nothing)).toEqual({ ...base, settings: {} });
  });

  it('takes an empty text, link or list as really empty', () => {
    const empty: TargetOverrides = { text: '', link: '', media: [], thread: [], settings: {} };
    expect(inherit(base, empty)).toEqual({ text: '', link: null, media: [], thread: [], settings: {} });
  });

  it('overrides field by field', () => {
    expect(inherit(base, { ...nothing, text: 'other' })).toMatchObject({ text: 'other', link: base.link });
  });

  it('reads a blank link of the post as none', () => {
    expect(inherit({ ...base, link: '  ' }, nothing).link).toBeNull();
  });
});

describe('composeTarget', () => {
  const media = new Map([medium('m1'), medium('m2')].map((item) => [item.id, item]));

  it('describes media, with the alternative text of the post before that of the file', () => {
    const content = composeTarget(inherit(base, nothing), media, { sensitive: true });
    expect(content).toMatchObject({
      text: 'base',
      media: [{ id: 'm1', altText: 'given' }],
      thread: [{ text: 'second', media: [{ id: 'm2', altText: 'of m2' }] }],
      settings: { sensitive: true },
    });
  });

  it('leaves out media that are not there', () => {
    expect(composeTarget(inherit(base, nothing), new Map(), {}).media).toEqual([]);
  });
});

describe('mediaIdsOf', () => {
  it('names each medium of the post, its threads and its targets once', () => {
    const target: TargetOverrides = {
      ...nothing,
      media: [
        { id: 'm3', altText: null },
        { id: 'm1', altText: null },
      ],
    };
    expect(mediaIdsOf(base, [target, nothing]).sort()).toEqual(['m1', 'm2', 'm3']);
  });
});

describe('contentHashOf', () => {
  const target = { ...nothing, id: 't', accountId: 'a' };

  it('changes with what is published', () => {
    const hash = contentHashOf(base, [target]);
    expect(contentHashOf({ ...base, text: 'else' }, [target])).not.toBe(hash);
    expect(contentHashOf({ ...base, media: [{ id: 'm1', altText: 'else' }] }, [target])).not.toBe(hash);
    expect(contentHashOf(base, [{ ...target, text: '' }])).not.toBe(hash);
    expect(contentHashOf(base, [])).not.toBe(hash);
  });

  it('knows nothing of a target but what it says and to whom', () => {
    const elsewhere = { ...target, id: 'other' };
    expect(contentHashOf(base, [elsewhere])).toBe(contentHashOf(base, [target]));
  });
});
