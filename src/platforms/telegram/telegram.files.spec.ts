import type { JsonObject, MediaItem, MediaKind, TargetContent } from '../core/index.js';
import { CAPTION_LIMIT } from './telegram.capabilities.js';
import { checkFiles, planFiles } from './telegram.files.js';

function item(kind: MediaKind): MediaItem {
  return {
    ...{ id: kind, kind, mimeType: 'x/y', bytes: 3, sha256: 'aa', width: 640, height: 480 },
    ...{ durationMs: null, altText: null, fileName: `one.${kind}` },
  };
}

function content(kinds: readonly MediaKind[], settings: JsonObject, text = 'Look'): TargetContent {
  return { text, link: null, media: kinds.map(item), thread: [], settings };
}

function planned(kinds: readonly MediaKind[], settings: JsonObject): unknown[] {
  return planFiles(content(kinds, settings)).map(({ item: { id }, kind, cover }) => [id, kind, cover?.id]);
}

function broken(post: TargetContent): string[] {
  return checkFiles(post).map(({ pointer, rule }) => `${pointer} ${rule}`);
}

describe('the files of a post', () => {
  it('go as what they are, unless the settings say otherwise', () => {
    expect(planned(['image', 'video'], {})).toEqual([
      ['image', 'image', undefined],
      ['video', 'video', undefined],
    ]);
    expect(planned(['image', 'video'], { pictureAsCover: true })).toEqual([['video', 'video', 'image']]);
    expect(planned(['image'], { pictureAsCover: true })).toEqual([['image', 'image', undefined]]);
    expect(planned(['image', 'gif', 'document'], { asFiles: true })).toEqual([
      ['image', 'document', undefined],
      ['gif', 'document', undefined],
      ['document', 'document', undefined],
    ]);
  });
});

describe('preflight of the files for Telegram', () => {
  it('misses what a cover needs', () => {
    const cover = { pictureAsCover: true };
    expect(broken(content(['video', 'image'], cover))).toEqual([]);
    for (const kinds of [[], ['video'], ['image']] as const) {
      expect(broken(content(kinds, cover))).toEqual(['/settings/pictureAsCover cover_incomplete']);
    }
    expect(broken(content(['video', 'image'], { ...cover, asFiles: true }))).toEqual([
      '/settings/pictureAsCover excludes_each_other',
    ]);
  });

  it('misses what can be blurred', () => {
    const spoilerMedia = true;
    expect(broken(content(['gif'], { spoilerMedia }))).toEqual([]);
    const missing = ['/settings/spoilerMedia media_required'];
    expect(broken(content(['audio'], { spoilerMedia }))).toEqual(missing);
    expect(broken(content(['image'], { spoilerMedia, asFiles: true }))).toEqual(missing);
  });

  it('has no room for buttons under an album, only under a text of its own', () => {
    const buttons = [{ text: 'Read', url: 'https://example.org/' }];
    expect(broken(content(['image'], { buttons }))).toEqual([]);
    expect(broken(content(['video', 'image'], { buttons, pictureAsCover: true }))).toEqual([]);
    expect(broken(content(['image', 'image'], { buttons }))).toEqual([
      '/settings/buttons buttons_with_album',
    ]);
    const long = 'x'.repeat(CAPTION_LIMIT + 1);
    expect(broken(content(['image', 'image'], { buttons }, long))).toEqual([]);
  });
});
