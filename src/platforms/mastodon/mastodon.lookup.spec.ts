import type { JsonObject, OpenCommit } from '../core/index.js';
import { post } from '../core/publisher.rig.js';
import { image, older, setUp, status } from './mastodon.rig.js';

const callAt = new Date('2026-05-01T10:00:00.000Z');
const open: OpenCommit = {
  key: 'part:0',
  firstStartedAt: callAt,
  lastStartedAt: callAt,
  deadlineAt: callAt,
  calls: 1,
  forgotten: false,
};
const list = 'GET /api/v1/accounts/7/statuses';

describe('MastodonPublisher.reconcile', () => {
  it('finds the post by its media, whatever its text', async () => {
    const media = [image('a'), image('b')];
    const match = status('9', { content: '<p>x</p>', media_attachments: [{ id: '12' }, { id: '11' }] });
    const { publisher, ledger } = setUp(post({ media }), { [list]: () => ({ body: [match, older] }) });
    ledger.steps.set('media:0:0', { id: '11', ready: true });
    ledger.steps.set('media:0:1', { id: '12', ready: true });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'found',
      result: { platformPostId: '9', permalink: 'https://m.example/@anna/9' },
      evidence: { mark: 'media_ids' },
    });
  });

  it('takes no post with other media on Mastodon itself', async () => {
    const { publisher, ledger } = setUp(post({ media: [image('a')] }), {
      [list]: () => ({ body: [status('9', { media_attachments: [{ id: '99' }] }), older] }),
    });
    ledger.steps.set('media:0:0', { id: '11', ready: true });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({ verdict: 'absent' });
  });

  it('finds the post by its text, asking for the source only when the rendered text differs', async () => {
    const { http, publisher, ledger } = setUp(post({ text: 'a *b* @bob@other.example' }), {
      [list]: () => ({
        body: [
          status('10', { content: '<p>nothing like it</p>' }),
          status('9', { content: '<p>a <b>b</b> @bob</p>' }),
          older,
        ],
      }),
      'GET /api/v1/statuses/9/source': () => ({ body: { text: 'a *b* @bob@other.example\n' } }),
      'GET /api/v1/statuses/10/source': () => ({ body: { text: 'nothing like it' } }),
    });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'found',
      result: { platformPostId: '9' },
      evidence: { mark: 'text' },
    });
    expect(http.named('GET /api/v1/statuses/10/source')).toHaveLength(0);
  });

  it('skips posts that belong to another publication, answers, and posts older than the call', async () => {
    const { publisher, ledger } = setUp(post(), {
      [list]: () => ({
        body: [
          status('12'),
          status('11', { in_reply_to_id: '3' }),
          status('10', { spoiler_text: 'CW' }),
          older,
          status('0', { created_at: '2026-05-01T08:00:00.000Z' }),
        ],
      }),
    });
    ledger.taken.add('12');
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toEqual({
      verdict: 'absent',
      evidence: { candidates: 1, pages: 1 },
    });
  });

  it('takes the oldest of several that fit', async () => {
    const { publisher, ledger } = setUp(post(), {
      [list]: () => ({ body: [status('12'), status('11'), older] }),
    });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      result: { platformPostId: '11' },
    });
  });

  it('reads pages until a post older than the call', async () => {
    const other = { content: '<p>other</p>', in_reply_to_id: '3' };
    const { http, publisher, ledger } = setUp(post(), {
      [list]: ({ url }) => {
        const pages: Record<string, JsonObject[]> = {
          first: [status('30', other), status('29', other)],
          '29': [status('28', other), status('27')],
          '27': [older],
        };
        return { body: pages[url.searchParams.get('max_id') ?? 'first'] ?? [] };
      },
    });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'found',
      result: { platformPostId: '27' },
    });
    const [first] = http.seen;
    expect(first?.url.search).toBe('?limit=40&exclude_reblogs=true');
    expect(http.named(list)).toHaveLength(3);
  });

  it('reads an account without older posts to its end', async () => {
    const { publisher, ledger } = setUp(post(), { [list]: () => ({ body: [] }) });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({ verdict: 'absent' });
  });

  it('cannot tell when the account has posted without end since', async () => {
    let id = 10_000;
    const { publisher, ledger } = setUp(post(), {
      [list]: () => ({ body: [status(String((id -= 1)), { in_reply_to_id: '3' })] }),
    });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'cannot_tell',
    });
  });

  it('cannot tell, rather than say absent, when a text cannot be compared', async () => {
    const { publisher, ledger } = setUp(
      post({ text: '**bold**' }),
      { [list]: () => ({ body: [status('9', { content: '<p><b>bold</b></p>' }), older] }) },
      'pleroma',
    );
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'cannot_tell',
    });
  });

  it('looks for a later part among the answers to the part before', async () => {
    const thread = [{ text: 'two', media: [] }];
    const { publisher, ledger } = setUp(post({ thread }), {
      [list]: () => ({
        body: [
          status('9', { content: '<p>two</p>', in_reply_to_id: '8' }),
          status('8'),
          status('7', { content: '<p>two</p>' }),
          older,
        ],
      }),
    });
    const part = { ...open, key: 'part:1' };
    await expect(publisher.reconcile(ledger.context(), part)).resolves.toMatchObject({
      verdict: 'cannot_tell',
    });
    ledger.commits.set('part:0', { platformPostId: '8', permalink: null });
    await expect(publisher.reconcile(ledger.context(), part)).resolves.toMatchObject({
      verdict: 'found',
      result: { platformPostId: '9' },
    });
  });

  it('concludes nothing from an outage or from a list that it cannot read', async () => {
    for (const reply of [
      { status: 503, body: '' },
      { status: 429, body: { error: 'Throttled' } },
      { body: [{ id: '9' }] },
      { body: {} },
    ]) {
      const { publisher, ledger } = setUp(post(), { [list]: () => reply });
      await expect(publisher.reconcile(ledger.context(), open)).rejects.toMatchObject({
        name: 'PublishError',
      });
    }
  });

  describe('with a poll', () => {
    const settings = { poll: { options: ['a ', 'b'], durationMinutes: 60 } };
    const poll = { options: [{ title: 'a' }, { title: 'b' }] };
    const look = async (statuses: JsonObject[], software?: string) => {
      const replies = { [list]: () => ({ body: [...statuses, older] }) };
      const { publisher, ledger } = setUp(post({ settings }), replies, software);
      const { verdict } = await publisher.reconcile(ledger.context(), open);
      return verdict;
    };

    it('finds the post that has it, among others that say the same', async () => {
      const without = status('10');
      const another = status('9', { poll: { options: [{ title: 'a' }, { title: 'c' }] } });
      expect(await look([status('11', { poll }), without, another])).toBe('found');
      expect(await look([without, another])).toBe('absent');
    });

    it('cannot tell where the poll may have been changed or dropped', async () => {
      expect(await look([status('9', { edited_at: '2026-05-01T10:01:00.000Z' })])).toBe('cannot_tell');
      expect(await look([status('9')], 'pixelfed')).toBe('cannot_tell');
      expect(await look([status('9', { poll })], 'pixelfed')).toBe('found');
    });

    it('takes no poll for a post without one', async () => {
      const replies = { [list]: () => ({ body: [status('9', { poll }), older] }) };
      const { publisher, ledger } = setUp(post(), replies);
      expect(await publisher.reconcile(ledger.context(), open)).toMatchObject({ verdict: 'absent' });
    });
  });
});
