import type { JsonObject, OpenCommit, ReconcileContext, ReconcileResult } from '../core/index.js';
import type { LocalPost, Page } from './google-business.answers.js';
import type { GoogleBusinessClient } from './google-business.client.js';
import { GoogleBusinessLookup } from './google-business.lookup.js';
import { linkOf } from './google-business.post.js';

const calledAt = new Date('2026-11-22T10:00:00Z');
const link = 'https://a.example/p';
const words = { text: 'Words', link: null, media: [], thread: [], settings: {} };

function post(change: Partial<LocalPost> & { readonly minutes?: number } = {}): LocalPost {
  const { minutes = 1, ...given } = change;
  return {
    ...{ name: 'accounts/1/locations/9/localPosts/5', state: 'LIVE', searchUrl: 'https://g.example/5' },
    ...{ summary: 'Words', topicType: 'STANDARD', title: null, link: null },
    createdAt: new Date(calledAt.getTime() + minutes * 60_000),
    ...given,
  };
}

function look(
  pages: readonly (readonly LocalPost[])[],
  { content = words, taken = [] }: { content?: ReconcileContext['content']; taken?: readonly string[] } = {},
): Promise<ReconcileResult> {
  const asked: (string | null)[] = [];
  const posts = (_token: string, location: string, pageToken: string | null): Promise<Page<LocalPost>> => {
    expect(location).toBe('accounts/1/locations/9');
    asked.push(pageToken);
    const items = pages[asked.length - 1] ?? [];
    return Promise.resolve({ items, nextPageToken: asked.length < pages.length ? `p${asked.length}` : null });
  };
  const metadata: JsonObject = { account: 'accounts/1', mapsUri: null };
  const ctx: Pick<ReconcileContext, 'account' | 'content' | 'credentials' | 'isTaken' | 'commitKey'> = {
    account: {
      ...{ id: 'a', platform: 'google-business', externalId: 'locations/9' },
      ...{ displayName: 'Bakery', handle: null, metadata },
    },
    content,
    credentials: () => Promise.resolve({ values: { accessToken: 't' }, version: 1 }),
    isTaken: (name) => Promise.resolve(taken.includes(name)),
    commitKey: () => 'key',
  };
  const commit: Pick<OpenCommit, 'key' | 'firstStartedAt'> = { key: 'part:0', firstStartedAt: calledAt };
  const lookup = new GoogleBusinessLookup({ posts } as Partial<GoogleBusinessClient> as GoogleBusinessClient);
  return lookup.look(ctx as ReconcileContext, commit as OpenCommit);
}

describe('the look for a local post', () => {
  it('finds it by its words on the second page, whatever the order', async () => {
    const found = await look([[post({ minutes: -600, summary: 'Old' })], [post()]]);
    expect(found).toMatchObject({
      verdict: 'found',
      result: { platformPostId: 'accounts/1/locations/9/localPosts/5', permalink: 'https://g.example/5' },
      evidence: { mark: 'text' },
    });
  });

  it('finds it by its mark where it has a link, and no other with the same words', async () => {
    const content = { ...words, link };
    const other = post({ link });
    const marked = post({ name: 'accounts/1/locations/9/localPosts/6', link: linkOf(content, 'key') });
    expect(await look([[other, marked]], { content })).toMatchObject({
      verdict: 'found',
      result: { platformPostId: marked.name },
      evidence: { mark: 'link' },
    });
    expect(await look([[other]], { content })).toMatchObject({ verdict: 'absent' });
  });

  it.each<[string, LocalPost]>([
    ['an older one', post({ minutes: -2 })],
    ['one of another kind', post({ topicType: 'EVENT' })],
    ['one with a button', post({ link })],
    ['one of another publication', post({ name: 'taken' })],
  ])('does not take %s for it', async (_what, candidate) => {
    expect(await look([[candidate]], { taken: ['taken'] })).toMatchObject({ verdict: 'absent' });
  });

  it('tells events with the same words by their titles', async () => {
    const content = { ...words, settings: { format: 'event', title: 'Jazz' } };
    const event = (name: string, title: string): LocalPost => post({ name, title, topicType: 'EVENT' });
    expect(await look([[event('rock', 'Rock'), event('jazz', 'Jazz')]], { content })).toMatchObject({
      verdict: 'found',
      result: { platformPostId: 'jazz' },
    });
    expect(await look([[event('rock', 'Rock')]], { content })).toMatchObject({ verdict: 'absent' });
  });

  it('cannot tell when two pages do not reach back to the call', async () => {
    const later = post({ summary: 'Later' });
    expect(await look([[later], [later], [post()]])).toMatchObject({ verdict: 'cannot_tell' });
    const early = post({ summary: 'Early', minutes: -600 });
    expect(await look([[later], [early], [early]])).toMatchObject({ verdict: 'absent' });
  });
});
