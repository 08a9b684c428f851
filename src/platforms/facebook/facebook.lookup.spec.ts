import type { OpenCommit, ReconcileContext, ReconcileResult } from '../core/index.js';
import type { FacebookClient } from './facebook.client.js';
import type { FacebookGraph } from './facebook.graph.js';
import { FacebookLookup } from './facebook.lookup.js';
import type { FacebookPost } from './facebook.posts.js';
import type { FacebookVideos } from './facebook.videos.js';

const startedAt = new Date('2026-11-22T10:00:00Z');
const commit: OpenCommit = {
  ...{ key: 'part:0', firstStartedAt: startedAt, lastStartedAt: startedAt, deadlineAt: startedAt },
  ...{ calls: 1, forgotten: false },
};

function post(change: Partial<FacebookPost> = {}): FacebookPost {
  return {
    ...{ id: '1_2', message: 'Words', createdAt: startedAt, permalink: null, appId: 'ours', fromId: null },
    ...{ mediaIds: [], hasVideo: false },
    ...change,
  };
}

/** A look for a post of words alone, among these. */
function look(...posts: readonly FacebookPost[]): Promise<ReconcileResult> {
  const client: Pick<FacebookClient, 'posts'> = {
    posts: () => Promise.resolve({ items: posts, after: null }),
  };
  const graph: Pick<FacebookGraph, 'host'> = { host: () => 'https://www.facebook.com' };
  const videos: Partial<FacebookVideos> = {};
  const ctx: Partial<ReconcileContext> = {
    account: {
      ...{
        id: 'a',
        platform: 'facebook',
        externalId: '1',
        displayName: 'Bakery',
        handle: null,
        metadata: {},
      },
    },
    content: { text: 'Words', link: null, media: [], thread: [], settings: {} },
    credentials: () =>
      Promise.resolve({
        values: { accessToken: 't' },
        version: 1,
        app: { clientId: 'ours', clientSecret: 's', extra: {} },
      }),
    isTaken: () => Promise.resolve(false),
    remembered: () => Promise.resolve(undefined),
  };
  const lookup = new FacebookLookup(
    client as FacebookClient,
    videos as FacebookVideos,
    graph as FacebookGraph,
  );
  return lookup.look(ctx as ReconcileContext, commit);
}

describe('the look for a post on a page', () => {
  it.each([
    ['the app and the words', post(), 'application_and_text'],
    ['the words where Facebook names no app', post({ appId: null }), 'text'],
  ])('finds it by %s', async (_what, one, mark) => {
    expect(await look(one)).toMatchObject({ verdict: 'found', evidence: { mark } });
  });

  it('cannot tell when another app has said the same', async () => {
    expect(await look(post({ appId: 'theirs' }))).toMatchObject({ verdict: 'cannot_tell' });
    expect(await look(post({ id: '1_3', appId: 'theirs' }), post())).toMatchObject({
      verdict: 'found',
      result: { platformPostId: '1_2' },
    });
  });

  it('finds nothing among other words', async () => {
    expect(await look(post({ message: 'Others' }))).toMatchObject({ verdict: 'absent' });
  });
});
