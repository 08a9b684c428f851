import {
  withMark,
  type JsonObject,
  type MediaItem,
  type OpenCommit,
  type ReconcileContext,
  type TargetContent,
} from '../core/index.js';
import { readPin, type SeenPin } from './pinterest.answers.js';
import type { PinterestClient, Place } from './pinterest.client.js';
import { markOf, PinterestLookup } from './pinterest.lookup.js';

const picture: MediaItem = {
  ...{ id: 'a', kind: 'image', mimeType: 'image/png', bytes: 1, sha256: '00', fileName: 'a.png' },
  ...{ width: 1, height: 1, durationMs: null, altText: 'A colour' },
};
const content: TargetContent = {
  ...{ text: 'Text', link: null, media: [picture], thread: [] },
  settings: { boardId: '1', title: 'Title' },
};
const pin: SeenPin = {
  ...{ id: '1', title: 'Title', description: 'Text ', altText: 'A colour', link: null },
  ...{ mediaType: 'image', isOwn: true, createdAt: new Date(0) },
};
const link = 'https://example.org/';

describe('a pin on the board', () => {
  it('is ours by the mark in its link, whatever became of its words', () => {
    const wanted = { ...content, link };
    expect(markOf({ ...pin, link: withMark(link, 'one'), description: '' }, wanted, 'one')).toBe('link');
    expect(markOf({ ...pin, link: withMark(link, 'two') }, wanted, 'one')).toBeNull();
  });

  it('is ours by what it says, where the mark was taken out of its link', () => {
    expect(markOf({ ...pin, link }, { ...content, link }, 'one')).toBe('text');
  });

  it('is ours without a link when everything is the same', () => {
    expect(markOf(pin, content, 'one')).toBe('text');
  });

  it.each<[string, Partial<SeenPin>]>([
    ['another title', { title: 'Other' }],
    ['another text', { description: 'Other' }],
    ['another alternative text', { altText: '' }],
    ['a link', { link }],
    ['a video', { mediaType: 'video' }],
  ])('is another with %s', (_what, other) => {
    expect(markOf({ ...pin, ...other }, content, 'one')).toBeNull();
  });
});

describe('the look for a pin', () => {
  it.each<[string, JsonObject, Place]>([
    ['on its board', {}, { boardId: '1', sectionId: null }],
    ['in its section', { sectionId: '2' }, { boardId: '1', sectionId: '2' }],
  ])('is made %s', async (_where, settings, place) => {
    const asked: Place[] = [];
    const client: Pick<PinterestClient, 'pinsOf'> = {
      pinsOf: (_token, where) => {
        asked.push(where);
        return Promise.resolve({ items: [pin], bookmark: null });
      },
    };
    const ctx: Partial<ReconcileContext> = {
      content: { ...content, settings: { ...content.settings, ...settings } },
      credentials: () => Promise.resolve({ values: {}, version: 1 }),
      isTaken: () => Promise.resolve(false),
      commitKey: () => 'one',
    };
    const commit: Partial<OpenCommit> = { key: 'part:0', firstStartedAt: new Date(0) };
    const lookup = new PinterestLookup(client as PinterestClient);
    expect(await lookup.look(ctx as ReconcileContext, commit as OpenCommit)).toMatchObject({
      verdict: 'found',
      result: { platformPostId: '1' },
    });
    expect(asked).toEqual([place]);
  });
});

describe('an answer with a pin', () => {
  it('has its time in UTC, with a zone or without', () => {
    const at = (created_at: string): number | undefined =>
      readPin({ id: '1', created_at })?.createdAt.getTime();
    expect(at('2026-10-13T01:40:29')).toBe(Date.UTC(2026, 9, 13, 1, 40, 29));
    expect(at('2026-10-13T03:40:29+02:00')).toBe(Date.UTC(2026, 9, 13, 1, 40, 29));
    expect(at('yesterday')).toBeUndefined();
  });
});
