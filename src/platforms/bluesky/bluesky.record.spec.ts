import {
  checkContent,
  checkSettings,
  type AccountRef,
  type MediaItem,
  type TargetContent,
} from '../core/index.js';
import { blueskyDescriptor } from './bluesky.descriptor.js';
import { buildRecord, composePartText, type RecordParts } from './bluesky.record.js';
import { blueskySettings, readBlueskySettings } from './bluesky.settings.js';

const account: AccountRef = {
  id: 'a',
  platform: 'bluesky',
  externalId: 'did:plc:anna',
  displayName: 'Anna',
  handle: 'anna.test',
  metadata: {},
};

function image(change: Partial<MediaItem> = {}): MediaItem {
  return {
    id: 'm1',
    kind: 'image',
    mimeType: 'image/jpeg',
    bytes: 1000,
    sha256: 'ab',
    width: 640,
    height: 480,
    durationMs: null,
    altText: 'a cat',
    fileName: 'cat.jpg',
    ...change,
  };
}

function content(change: Partial<TargetContent> = {}): TargetContent {
  return { text: 'Hello', link: null, media: [], thread: [], settings: {}, ...change };
}

function violations(of: TargetContent): string[] {
  const subject = {
    descriptor: blueskyDescriptor,
    capabilitiesFor: () => blueskyDescriptor.capabilities,
    composeText: composePartText,
    textLength: () => null,
  };
  return checkContent(subject, of, account).map(({ pointer, rule }) => `${pointer} ${rule}`);
}

const parts: RecordParts = {
  text: 'Hello',
  mentions: {},
  media: [],
  link: null,
  quote: null,
  reply: null,
  settings: readBlueskySettings({}),
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe('composePartText', () => {
  const link = 'https://example.com/a';

  it('leaves the text alone where the link becomes a card', () => {
    expect(composePartText(content({ link }), 0)).toBe('Hello');
  });
  it('appends the link next to media, once', () => {
    expect(composePartText(content({ link, media: [image()] }), 0)).toBe(`Hello\n\n${link}`);
    expect(composePartText(content({ text: '', link, media: [image()] }), 0)).toBe(link);
    const said = content({ text: `See ${link}.`, link, media: [image()] });
    expect(composePartText(said, 0)).toBe(`See ${link}.`);
    const longer = content({ text: `See ${link}b`, link, media: [image()] });
    expect(composePartText(longer, 0)).toBe(`See ${link}b\n\n${link}`);
  });
  it('says the link where nothing else is said', () => {
    expect(composePartText(content({ text: ' ', link }), 0)).toBe(link);
  });
  it('leaves the text alone where the picture belongs to the card', () => {
    const settings = { linkCard: { picture: true } };
    expect(composePartText(content({ link, media: [image()], settings }), 0)).toBe('Hello');
    expect(composePartText(content({ text: '', link, media: [image()], settings }), 0)).toBe('');
  });
  it('takes later parts as they are', () => {
    const thread = [{ text: 'second', media: [] }];
    expect(composePartText(content({ link, thread }), 1)).toBe('second');
  });
});

describe('limits', () => {
  it('counts graphemes: 300 family emoji are too many bytes, 301 letters too many characters', () => {
    expect(violations(content({ text: 'x'.repeat(300) }))).toEqual([]);
    expect(violations(content({ text: 'x'.repeat(301) }))).toEqual(['/text text_too_long']);
    expect(violations(content({ text: 'é'.repeat(300) }))).toEqual([]);
    expect(violations(content({ text: '👨‍👩‍👧‍👦'.repeat(120) }))).toEqual([]);
    expect(violations(content({ text: '👨‍👩‍👧‍👦'.repeat(130) }))).toEqual(['/text text_too_long']);
  });
  it('counts the link that stands next to media', () => {
    const long = content({ text: 'x'.repeat(290), link: 'https://example.com/', media: [image()] });
    expect(violations(long)).toEqual(['/text text_too_long']);
  });
  it('takes four images or one video, no mix, no fifth, nothing too large', () => {
    const four = [image(), image(), image(), image()];
    const video = image({ kind: 'video', mimeType: 'video/mp4' });
    expect(violations(content({ media: four }))).toEqual([]);
    expect(violations(content({ media: [...four, image()] }))).toEqual(['/media too_many_media']);
    expect(violations(content({ text: '', media: [video] }))).toEqual([]);
    expect(violations(content({ media: [image(), video] }))).toContain('/media media_mix');
    expect(violations(content({ media: [image({ bytes: 1_000_001 })] }))).toEqual([
      '/media/0 media_too_large',
    ]);
  });
});

describe('buildRecord', () => {
  const blob = { $type: 'blob', ref: { $link: 'bafy' }, mimeType: 'image/jpeg', size: 1000 };

  it('says no more than it has to', () => {
    expect(buildRecord(parts)).toEqual({
      $type: 'app.bsky.feed.post',
      text: 'Hello',
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });
  it('embeds images with alternative text, which may be empty but never missing, and their ratio', () => {
    const media = [
      { item: image(), blob },
      { item: image({ altText: null, width: null }), blob },
    ];
    expect(buildRecord({ ...parts, media, link: 'https://example.com' })['embed']).toEqual({
      $type: 'app.bsky.embed.images',
      images: [
        { image: blob, alt: 'a cat', aspectRatio: { width: 640, height: 480 } },
        { image: blob, alt: '' },
      ],
    });
  });
  it('embeds a video', () => {
    const media = [{ item: image({ kind: 'video', mimeType: 'video/mp4' }), blob }];
    expect(buildRecord({ ...parts, media })['embed']).toEqual({
      $type: 'app.bsky.embed.video',
      video: blob,
      alt: 'a cat',
      aspectRatio: { width: 640, height: 480 },
    });
  });
  it('makes a card of the link, titled by the settings or the site', () => {
    const link = 'https://www.example.com/a';
    expect(buildRecord({ ...parts, link })['embed']).toEqual({
      $type: 'app.bsky.embed.external',
      external: { uri: link, title: 'example.com', description: '' },
    });
    const settings = readBlueskySettings({ linkCard: { title: 'News', description: 'of today' } });
    expect(buildRecord({ ...parts, link, settings })['embed']).toMatchObject({
      external: { title: 'News', description: 'of today' },
    });
  });
  it('gives the card the picture of the post where it is told so', () => {
    const link = 'https://example.com/a';
    const media = [{ item: image(), blob }];
    const settings = readBlueskySettings({ linkCard: { picture: true } });
    expect(buildRecord({ ...parts, media, link, settings })['embed']).toEqual({
      $type: 'app.bsky.embed.external',
      external: { uri: link, title: 'example.com', description: '', thumb: blob },
    });
  });
  it('says of a video that was made of a moving picture that it is one', () => {
    const recipe = {
      make: 'video' as const,
      source: 'animation' as const,
      mimeType: 'video/mp4' as const,
      picture: null,
      sound: 'none' as const,
      maxBytes: 1,
      repeat: 1,
    };
    const rendition = { sourceSha256: 'ab', recipe, recipeHash: 'cd', because: [] };
    const item = image({ kind: 'video', mimeType: 'video/mp4', rendition });
    expect(buildRecord({ ...parts, media: [{ item, blob }] })['embed']).toMatchObject({
      presentation: 'gif',
    });
    const encoded = { ...rendition, recipe: { ...recipe, source: 'video' as const } };
    const video = { ...item, rendition: encoded };
    expect(buildRecord({ ...parts, media: [{ item: video, blob }] })['embed']).not.toHaveProperty(
      'presentation',
    );
  });
  it('quotes a post, also below a card or media', () => {
    const quote = { uri: 'at://did:plc:bob/app.bsky.feed.post/1', cid: 'c1' };
    const quoted = { $type: 'app.bsky.embed.record', record: quote };
    expect(buildRecord({ ...parts, quote })['embed']).toEqual(quoted);
    const media = [{ item: image(), blob }];
    expect(buildRecord({ ...parts, quote, media })['embed']).toEqual({
      $type: 'app.bsky.embed.recordWithMedia',
      record: quoted,
      media: buildRecord({ ...parts, media })['embed'],
    });
    const link = 'https://example.com/a';
    expect(buildRecord({ ...parts, quote, link })['embed']).toEqual({
      $type: 'app.bsky.embed.recordWithMedia',
      record: quoted,
      media: buildRecord({ ...parts, link })['embed'],
    });
  });
  it('carries languages, labels, tags and the reply', () => {
    const settings = readBlueskySettings({ langs: ['de'], labels: ['nudity'], tags: ['art'] });
    const ref = { uri: 'at://did:plc:anna/app.bsky.feed.post/1', cid: 'c1' };
    expect(buildRecord({ ...parts, settings, reply: { root: ref, parent: ref } })).toMatchObject({
      langs: ['de'],
      labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'nudity' }] },
      tags: ['art'],
      reply: { root: ref, parent: ref },
    });
  });
});

describe('blueskySettings', () => {
  it.each([
    [{}, true],
    [
      { langs: ['de', 'pt-BR'], labels: ['porn'], tags: ['a'], linkCard: { title: 'x', picture: true } },
      true,
    ],
    [{ langs: ['de', 'en', 'fr', 'it'] }, false],
    [{ labels: ['spam'] }, false],
    [{ tags: ['#a'] }, false],
    [{ whoMayReply: ['nobody'], whoMayQuote: 'nobody' }, true],
    [{ whoMayReply: [] }, false],
    [{ whoMayReply: ['friends'] }, false],
    [{ visibility: 'public' }, false],
    [{ linkCard: { thumb: 'x' } }, false],
  ])('checks %j: %s', (given, ok) => {
    expect(checkSettings(blueskySettings, given).ok).toBe(ok);
  });
});
