import { recordAt } from '../core/index.js';
import { bodyOf, post, runToEnd } from '../core/publisher.rig.js';
import { did, setUp } from './bluesky.rig.js';

const rkey = '3kabcdefghij2';
const bob = { uri: `at://did:plc:bob/app.bsky.feed.post/${rkey}`, cid: 'cid-bob' };
const none = { status: 400, body: { error: 'RecordNotFound', message: '' } };

function quoting(address: string) {
  return post({ settings: { quote: address }, thread: [{ text: 'two', media: [] }] });
}

describe('a quoted post', () => {
  it('is looked up at the AppView before anything is visible, and quoted by the first part', async () => {
    const { http, publisher, ledger } = setUp(quoting(`https://bsky.app/profile/bob.test/post/${rkey}`), {
      getPosts: () => ({ body: { posts: [bob] } }),
    });
    await runToEnd(publisher, ledger);
    expect(http.seen.map(({ name }) => name)).toEqual([
      'resolveHandle',
      'getPosts',
      'putRecord',
      'putRecord',
    ]);
    const [, asked] = http.seen;
    expect(asked?.url.origin).toBe('https://view.example');
    expect(asked?.url.searchParams.getAll('uris')).toEqual([bob.uri]);
    expect(asked?.request.headers).toBeUndefined();
    const [first, second] = http.named('putRecord').map((seen) => recordAt(bodyOf(seen), 'record'));
    expect(first?.['embed']).toEqual({ $type: 'app.bsky.embed.record', record: bob });
    expect(second).not.toHaveProperty('embed');
  });

  it('of the account itself is asked for at its own server', async () => {
    const own = { uri: `at://${did}/app.bsky.feed.post/${rkey}`, cid: 'cid-own', value: { text: 'x' } };
    const { http, publisher, ledger } = setUp(quoting(own.uri), { getRecord: () => ({ body: own }) });
    await runToEnd(publisher, ledger);
    expect(http.seen.map(({ name }) => name)).toEqual(['getRecord', 'putRecord', 'putRecord']);
    expect(http.seen[0]?.url.origin).toBe('https://pds.example');
    expect(recordAt(bodyOf(http.seen[1]), 'record', 'embed')).toEqual({
      $type: 'app.bsky.embed.record',
      record: { uri: own.uri, cid: own.cid },
    });
  });

  it.each([
    ['by nobody', `https://bsky.app/profile/nobody.test/post/${rkey}`],
    ['that the AppView does not show', bob.uri],
    ['that the account has deleted', `at://${did}/app.bsky.feed.post/${rkey}`],
  ])('%s keeps the post from going out', async (_name, address) => {
    const { http, publisher, ledger } = setUp(quoting(address), {
      getPosts: () => ({ body: { posts: [] } }),
      getRecord: () => none,
    });
    await expect(runToEnd(publisher, ledger)).rejects.toMatchObject({
      code: 'bluesky.quote_missing',
      kind: 'content_refused',
    });
    expect(http.named('putRecord')).toEqual([]);
  });

  it('is enough of a post', () => {
    const { publisher, manage } = setUp(post());
    const broken = (settings: { quote?: string }, thread: string[] = []): string[] =>
      publisher
        .preflight(
          post({ text: '', settings, thread: thread.map((text) => ({ text, media: [] })) }),
          manage.account,
        )
        .map(({ pointer, rule }) => `${pointer} ${rule}`);
    expect(broken({})).toEqual(['/text text_required']);
    expect(broken({ quote: bob.uri })).toEqual([]);
    expect(broken({ quote: bob.uri }, [''])).toEqual(['/thread/0/text text_required']);
  });
});
