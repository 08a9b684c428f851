import { TestApp } from '../../support/app/test-app.js';

const minute = 60_000;

interface Entry {
  readonly at: string;
  readonly kind: string;
  readonly summary: string;
  readonly platform: string | null;
  readonly publicationId: string | null;
  readonly by: { readonly keyId: string; readonly name: string } | null;
  readonly details: Readonly<Record<string, unknown>>;
}

describe('GET /api/v1/posts/{id}/timeline', () => {
  let app: TestApp;
  let telegram: string;
  let mastodon: string;
  let editor: string;
  let chief: string;

  beforeAll(async () => {
    app = await TestApp.start();
    telegram = await app.connect('telegram');
    mastodon = await app.connect('mastodon');
    editor = await keyNamed('Editor');
    chief = await keyNamed('Chief');
  });
  afterAll(() => app.stop());

  const keyNamed = async (name: string): Promise<string> => {
    const body = { name, scopes: ['read', 'write', 'admin'] };
    const { text } = await app.call('post', '/api-keys', { body });
    return (JSON.parse(text) as { key: string }).key;
  };
  const storyOf = async (postId: string): Promise<Entry[]> => {
    const { text } = await app.call('get', `/posts/${postId}/timeline`);
    return (JSON.parse(text) as { items: Entry[] }).items;
  };
  const changesIn = (story: readonly Entry[]): string[] =>
    story.filter(({ kind }) => kind === 'change').map(({ summary }) => summary);
  const write = async (key: string, text: string, accounts: readonly string[]) => {
    const scheduledFor = new Date(app.clock.now().getTime() + 10 * minute).toISOString();
    const targets = accounts.map((accountId) => ({ accountId }));
    const { body } = await app.call('post', '/posts', { key, body: { text, scheduledFor, targets } });
    await app.settle();
    return body;
  };

  it('tells in order what was done, by whom, and what came of it', async () => {
    const post = await write(editor, 'A long story', [telegram, mastodon]);
    await app.call('post', `/posts/${post.id}/hold`, { key: chief, body: { reason: 'Not yet.' } });
    await app.call('post', `/posts/${post.id}/resume`, { key: chief });
    await app.call('patch', '/platforms/mastodon', { key: chief, body: { enabled: false } });
    // The platform acts, its answer is lost, and it cannot be asked.
    const lost = { platform: 'telegram', visible: true, count: 1, action: { kind: 'reset-after' } } as const;
    app.sandbox.control.addFault(lost);
    await app.advance(10 * minute);
    await app.settle();
    for (let look = 0; look < 3; look += 1) {
      await app.advance(2 * minute);
      await app.sweep();
    }
    await app.call('patch', '/platforms/mastodon', { key: chief, body: { enabled: true } });
    await app.call('post', '/publications/retry', { key: editor, body: { postId: post.id } });
    await app.settle();
    const { targets } = (await app.call('get', `/posts/${post.id}`)).body;
    const idOn = (account: string): string | undefined =>
      targets.find(({ accountId }) => accountId === account)?.publication.id;
    const verdict = { verdict: 'not_published', retry: true };
    await app.call('post', `/publications/${idOn(telegram)}/resolve`, { key: chief, body: verdict });
    await app.settle();
    await app.call('delete', `/publications/${idOn(mastodon)}/post`, { key: editor });

    const story = await storyOf(post.id);
    expect(changesIn(story)).toEqual([
      'The post was written, by "Editor".',
      'The post was put on hold, by "Chief".',
      'The post was resumed, by "Chief".',
      'The platform was switched off, by "Chief".',
      'The platform was switched on, by "Chief".',
      'It was taken up again, by "Editor".',
      'What had become of it was judged: not_published, by "Chief".',
      'It was deleted on the platform, by "Editor".',
    ]);
    const times = story.map(({ at }) => at);
    expect(times.toSorted()).toEqual(times);

    const tell = (platform: string): string[] =>
      story
        .filter((entry) => entry.platform === platform && entry.kind !== 'look')
        .map(({ kind, summary }) => `${kind}: ${summary}`);
    expect(tell('mastodon')).toEqual([
      'change: The platform was switched off, by "Chief".',
      'state: running → skipped: platform_disabled',
      'change: The platform was switched on, by "Chief".',
      'state: skipped → waiting: retry_requested',
      'change: It was taken up again, by "Editor".',
      'attempt: Attempt 1 began (resolved).',
      'call: Call 1 of part:0 recorded, then sent.',
      'answer: Call 1 of part:0 ended: done.',
      'state: running → published: published',
      expect.stringMatching(/^call: Deletion of part:0 \(\d+\) recorded, then sent\.$/),
      expect.stringMatching(/^answer: Deletion of part:0 \(\d+\) ended: done\.$/),
      'change: It was deleted on the platform, by "Editor".',
    ]);
    expect(tell('telegram')).toEqual([
      'attempt: Attempt 1 began (due).',
      'call: Call 1 of post recorded, then sent.',
      'answer: Call 1 of post ended: unknown.',
      'state: running → waiting: reconcile',
      'state: running → unconfirmed: outcome_unknown',
      'state: unconfirmed → waiting: resolved_retry',
      'change: What had become of it was judged: not_published, by "Chief".',
      'attempt: Attempt 2 began (resolved).',
      'call: Call 2 of post recorded, then sent.',
      'answer: Call 2 of post ended: done.',
      'state: running → published: published',
    ]);

    const held = story.find(({ details }) => details['action'] === 'post.held');
    expect(held).toMatchObject({ publicationId: null, details: { reason: 'Not yet.', publications: 2 } });
    const calls = story.filter(({ kind }) => kind === 'call');
    for (const { details } of calls) expect(details['request']).toMatchObject({ method: expect.any(String) });
    const [answered] = story.filter(
      ({ kind, details }) => kind === 'answer' && details['outcome'] === 'done',
    );
    expect(answered?.details['answer']).toMatchObject({ status: 200 });
    const told = JSON.stringify(story);
    const token = app.sandbox.control.accounts('telegram')[0]?.credentials['botToken'];
    expect(token).toEqual(expect.any(String));
    expect(told).not.toContain(token);
    expect(told).not.toMatch(/Bearer [\w.-]{10,}/);
  });

  it('tells who canceled it, and what was in force before it was written', async () => {
    await app.call('post', `/accounts/${telegram}/hold`, { key: chief, body: {} });
    await app.call('post', `/accounts/${mastodon}/hold`, { key: chief, body: {} });
    await app.call('post', `/accounts/${mastodon}/resume`, { key: chief });
    const post = await write(editor, 'Never sent', [telegram, mastodon]);
    await app.call('post', `/posts/${post.id}/cancel`, { key: editor });
    await app.call('post', `/accounts/${telegram}/resume`, { key: chief });
    const story = await storyOf(post.id);
    // The resumption came when everything had ended; it is not part of the story.
    expect(changesIn(story)).toEqual([
      'The account was put on hold, by "Chief".',
      'The post was written, by "Editor".',
      'The post was canceled, by "Editor".',
    ]);
    expect(story.filter(({ kind }) => kind === 'state').map(({ summary }) => summary)).toEqual([
      'waiting → canceled: canceled',
      'waiting → canceled: canceled',
    ]);
  });
});
