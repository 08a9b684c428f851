import { post } from '../core/publisher.rig.js';
import { did, setUp } from './bluesky.rig.js';

describe('BlueskyPublisher.readMetrics', () => {
  const uri = `at://${did}/app.bsky.feed.post/3kabcdefghij2`;
  const published = { key: 'part:0', platformPostId: uri, permalink: null, details: {} };
  const counted = { likeCount: 4, replyCount: 3, repostCount: 2, quoteCount: 1, bookmarkCount: 0 };

  it('asks the AppView, without a token', async () => {
    const { http, publisher, manage } = setUp(post(), {
      getPosts: () => ({ body: { posts: [{ uri, cid: 'c', ...counted }] } }),
    });
    const values = { likes: 4, comments: 3, reposts: 2, quotes: 1, saves: 0 };
    expect(await publisher.readMetrics(manage, published)).toEqual({ values });
    const [asked] = http.seen;
    expect(asked?.url.origin).toBe('https://view.example');
    expect(asked?.url.searchParams.getAll('uris')).toEqual([uri]);
    expect(asked?.request.headers).toBeUndefined();
  });

  it('leaves out what the AppView does not say', async () => {
    const { publisher, manage } = setUp(post(), {
      getPosts: () => ({ body: { posts: [{ uri, cid: 'c', likeCount: 4, quoteCount: null }] } }),
    });
    expect(await publisher.readMetrics(manage, published)).toEqual({ values: { likes: 4 } });
  });

  it('has no figures of a post that the AppView does not show yet', async () => {
    const { http, publisher, manage } = setUp(post(), {
      getPosts: () => ({ body: { posts: [] } }),
      getRecord: () => ({ body: { uri, cid: 'c', value: { text: 'Hello' } } }),
    });
    expect(await publisher.readMetrics(manage, published)).toEqual({ values: {} });
    expect(http.named('getRecord')[0]?.url.origin).toBe('https://pds.example');
  });

  it('says that a post is gone when its own server has it no more', async () => {
    const { publisher, manage } = setUp(post(), {
      getPosts: () => ({ body: { posts: [] } }),
      getRecord: () => ({ status: 400, body: { error: 'RecordNotFound', message: '' } }),
    });
    await expect(publisher.readMetrics(manage, published)).rejects.toMatchObject({
      code: 'bluesky.post_gone',
    });
  });

  it('concludes nothing from an answer that it cannot read', async () => {
    for (const body of ['{"posts":', { posts: [{ uri }] }, {}]) {
      const { publisher, manage } = setUp(post(), { getPosts: () => ({ body }) });
      await expect(publisher.readMetrics(manage, published)).rejects.toMatchObject({
        kind: 'outcome_unknown',
      });
    }
  });
});
