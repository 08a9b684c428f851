import { bestFit } from './best-fit.js';
import type { MediaLimit, MediaRules } from './capabilities.js';
import type { MediaItem } from './content.js';
import type { MediaKind } from './media/media-kind.js';

const limit = (kind: MediaKind, maxItems: number): MediaLimit => ({
  kind,
  maxItems,
  mimeTypes: [],
  maxBytes: 1,
  maxAltText: 0,
});
const rules = (limits: readonly MediaLimit[], mixes: readonly MediaKind[][], maxItems = 10): MediaRules => ({
  limits,
  mixes,
  maxItems,
});
const media = (...kinds: MediaKind[]): MediaItem[] =>
  kinds.map((kind, index) => ({
    id: `${kind}${index}`,
    kind,
    mimeType: '',
    bytes: 1,
    sha256: '',
    width: null,
    height: null,
    durationMs: null,
    altText: null,
    fileName: '',
  }));
const idsOf = (items: readonly MediaItem[]): string[] => items.map(({ id }) => id);

const either = rules([limit('image', 4), limit('video', 1)], [['image'], ['video']]);

describe('bestFit', () => {
  it.each<[string, MediaKind[], MediaRules, string[]]>([
    ['keeps what fits as it is', ['image', 'image'], either, ['image0', 'image1']],
    ['keeps the kind with the most items', ['video', 'image', 'image'], either, ['image1', 'image2']],
    ['keeps the earlier one of equals', ['video', 'image'], either, ['video0']],
    [
      'counts each kind of a mix for itself',
      ['image', 'image', 'video'],
      rules([limit('image', 1), limit('video', 1)], [['video', 'image']]),
      ['image0', 'video2'],
    ],
    [
      'keeps no more than the limit',
      ['image', 'image', 'image', 'image', 'image'],
      either,
      ['image0', 'image1', 'image2', 'image3'],
    ],
    ['leaves out what the platform does not know', ['audio', 'image'], either, ['image1']],
    [
      'keeps a mix that is taken',
      ['image', 'audio', 'video'],
      rules([limit('image', 10), limit('video', 10)], [['image', 'video']]),
      ['image0', 'video2'],
    ],
    [
      'counts each kind of a mix by its own figure',
      ['image', 'video', 'video', 'image'],
      rules([limit('image', 3), limit('video', 1)], [['image', 'video']]),
      ['image0', 'video1', 'image3'],
    ],
    ['keeps nothing where nothing fits', ['audio'], either, []],
  ])('%s', (_title, kinds, given, kept) => {
    const selection = bestFit(media(...kinds), given);
    expect(idsOf(selection.kept)).toEqual(kept);
    expect(idsOf(selection.left)).toEqual(idsOf(media(...kinds)).filter((id) => !kept.includes(id)));
  });
});
