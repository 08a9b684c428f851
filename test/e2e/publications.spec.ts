import { TestApp } from '../support/app/test-app.js';

describe('publications, attempts, timeline', () => {
  let app: TestApp;
  let telegram: string;
  let bluesky: string;

  beforeAll(async () => {
    app = await TestApp.start();
    telegram = await app.connect('telegram');
    bluesky = await app.connect('bluesky');
  });
  afterAll(() => app.stop());

  const publish = async (text: string, accountId: string) => {
    const { body } = await app.call('post', '/posts', {
      body: { text, scheduledFor: 'now', targets: [{ accountId }] },
    });
    await app.settle();
    const after = await app.call('get', `/posts/${body.id}`);
    return { post: after.body, publication: after.body.targets[0].publication };
  };

  /** The platform acts, its answer is lost, and it cannot be asked. */
  const lost = async (text: string) => {
    app.sandbox.control.addFault({
      platform: 'telegram',
      visible: true,
      count: 1,
      action: { kind: 'reset-after' },
    });
    const made = await publish(text, telegram);
    for (let look = 0; look < 5; look += 1) {
      await app.advance(2 * 60_000);
      await app.sweep();
    }
    return made;
  };

  it('shows what was sent and what came back', async () => {
    const { post, publication } = await publish('A story', bluesky);
    const { body: attempts } = await app.call('get', `/publications/${publication.id}/attempts`);
    expect(attempts.items).toEqual([
      expect.objectContaining({
        no: 1,
        outcome: 'published',
        calls: [
          expect.objectContaining({
            no: 1,
            outcome: 'done',
            request: expect.objectContaining({ method: 'POST' }),
            result: expect.objectContaining({ platformPostId: publication.platformPostId }),
          }),
        ],
      }),
    ]);
    const secret = app.sandbox.control.accounts('bluesky')[0]?.credentials['appPassword'];
    expect(JSON.stringify(attempts)).not.toMatch(/Bearer [\w.-]{10,}/);
    expect(JSON.stringify(attempts)).not.toContain(String(secret));
    const { body: timeline } = await app.call('get', `/posts/${post.id}/timeline`);
    const kinds = timeline.items.map(({ kind }: { kind: string }) => kind);
    for (const kind of ['state', 'attempt', 'call', 'answer']) expect(kinds).toContain(kind);
    const times = timeline.items.map(({ at }: { at: string }) => at);
    expect([...times].sort()).toEqual(times);
    const { body: single } = await app.call('get', `/publications/${publication.id}`);
    expect(single).toMatchObject({
      ...publication,
      postId: post.id,
      planId: post.latestPlanId,
      accountId: bluesky,
    });
  });

  it('lists by status, account and post, page by page', async () => {
    const made = [];
    for (const text of ['Page 1', 'Page 2', 'Page 3']) made.push(await publish(text, bluesky));
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await app.call(
        'get',
        `/publications?status=published&accountId=${bluesky}&limit=2${after}`,
      );
      expect(body.items.length).toBeLessThanOrEqual(2);
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(ids.slice(0, 3)).toEqual(made.map(({ publication }) => publication.id).reverse());
    expect(new Set(ids).size).toBe(ids.length);
    const ofPost = await app.call('get', `/publications?postId=${made[0]?.post.id}`);
    expect(ofPost.body.items).toHaveLength(1);
    expect((await app.call('get', `/publications?status=failed&accountId=${bluesky}`)).body.items).toEqual(
      [],
    );
  });

  it('lets a person say that an unconfirmed publication is out', async () => {
    const { post, publication } = await lost('It is there');
    const before = await app.call('get', `/posts/${post.id}`);
    expect(before.body).toMatchObject({ status: 'unconfirmed', outcome: 'unknown', needsAttention: true });
    const { status, body } = await app.call('post', `/publications/${publication.id}/resolve`, {
      body: { verdict: 'published', platformPostId: '4711', permalink: 'https://t.me/example/4711' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'published',
      platformPostId: '4711',
      permalink: 'https://t.me/example/4711',
    });
    await app.settle();
    expect((await app.call('get', `/posts/${post.id}`)).body).toMatchObject({
      status: 'published',
      outcome: 'complete',
    });
    const again = await app.call('post', `/publications/${publication.id}/resolve`, {
      body: { verdict: 'published' },
    });
    expect([again.status, again.body.code]).toEqual([409, 'not_unconfirmed']);
  });

  it('lets a person say that it is not out, and sends it once more only if wished', async () => {
    const failed = await lost('Not there');
    const said = await app.call('post', `/publications/${failed.publication.id}/resolve`, {
      body: { verdict: 'not_published' },
    });
    expect(said.body).toMatchObject({ status: 'failed', error: { code: 'engine.judged_absent' } });
    const retried = await lost('Not there either');
    await app.call('post', `/publications/${retried.publication.id}/resolve`, {
      body: { verdict: 'not_published', retry: true },
    });
    await app.settle();
    expect((await app.call('get', `/publications/${retried.publication.id}`)).body.status).toBe('published');
  });

  it.each([
    [{}, '/verdict', 'required'],
    [{ verdict: 'maybe' }, '/verdict', 'isIn'],
    [{ verdict: 'published', retry: true }, '/retry', 'contradicts_verdict'],
    [{ verdict: 'not_published', platformPostId: '1' }, '/platformPostId', 'contradicts_verdict'],
    [{ verdict: 'published', permalink: 'javascript:alert(1)' }, '/permalink', 'isUrl'],
  ])('refuses the judgement %j', async (body, pointer, rule) => {
    const { publication } = await publish(`Judged ${rule} ${pointer}`, bluesky);
    const answer = await app.call('post', `/publications/${publication.id}/resolve`, { body });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer, rule })]);
  });
});
