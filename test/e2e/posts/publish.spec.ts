import { TestApp } from '../../support/app/test-app.js';

describe('POST /api/v1/posts/{id}/publish', () => {
  let app: TestApp;
  let bluesky: string;
  let telegram: string;

  beforeAll(async () => {
    app = await TestApp.start();
    bluesky = await app.connect('bluesky');
    telegram = await app.connect('telegram');
  });
  afterAll(() => app.stop());

  const create = async (body: object) => (await app.call('post', '/posts', { body })).body;
  const publish = (id: string, headers: Record<string, string> = {}) =>
    app.call('post', `/posts/${id}/publish`, { headers });
  const get = async (id: string) => (await app.call('get', `/posts/${id}`)).body;
  const seen = (text: string): number =>
    app.sandbox.control.inbox().filter((entry) => entry.text === text).length;

  it('publishes a draft, and answers with the post', async () => {
    const draft = await create({ text: 'From a draft', targets: [{ accountId: bluesky }] });
    const { status, body } = await publish(draft.id);
    expect(status).toBe(202);
    expect(body).toMatchObject({ id: draft.id, latestPlanId: expect.stringMatching(/^plan_/) });
    await app.settle();
    expect(await get(draft.id)).toMatchObject({
      status: 'published',
      outcome: 'complete',
      needsAttention: false,
    });
    expect(seen('From a draft')).toBe(1);
  });

  it('refuses a draft that is not complete, and says what is missing', async () => {
    const draft = await create({ text: 'To nobody' });
    const { status, body } = await publish(draft.id);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '/targets', rule: 'targets_required' })]);
    expect((await get(draft.id)).status).toBe('draft');
  });

  it.each([
    ['whose events were not processed yet', false],
    ['whose plan is there', true],
  ])('moves a scheduled post %s to now, once', async (_name, settled) => {
    const text = `Moved up ${String(settled)}`;
    const post = await create({
      text,
      scheduledFor: '2099-01-01T00:00:00Z',
      targets: [{ accountId: bluesky }],
    });
    if (settled) await app.settle();
    const { status, body } = await publish(post.id);
    expect(status).toBe(202);
    expect(body.latestPlanId).toBe(post.latestPlanId);
    await app.settle();
    await app.sweep();
    expect(await get(post.id)).toMatchObject({ status: 'published', latestPlanId: post.latestPlanId });
    expect(seen(text)).toBe(1);
  });

  it('makes one plan of a wish that is sent twice with the same key', async () => {
    const draft = await create({ text: 'One wish', targets: [{ accountId: bluesky }] });
    const first = await publish(draft.id, { 'idempotency-key': 'wish' });
    const again = await publish(draft.id, { 'idempotency-key': 'wish' });
    expect(again.text).toBe(first.text);
    await app.rows(`DELETE FROM idempotency_keys WHERE key = 'wish'`);
    await app.settle();
    const later = await publish(draft.id, { 'idempotency-key': 'wish' });
    expect(later.body.latestPlanId).toBe(first.body.latestPlanId);
    await app.settle();
    expect(seen('One wish')).toBe(1);
  });

  it('has nothing left to publish when all is out', async () => {
    const post = await create({ text: 'All out', scheduledFor: 'now', targets: [{ accountId: bluesky }] });
    await app.settle();
    const { status, body } = await publish(post.id);
    expect(status).toBe(409);
    expect(body.code).toBe('nothing_to_publish');
  });

  it('publishes again only what has failed, and shows the whole post', async () => {
    const text = 'Half at first';
    app.sandbox.control.addFault({
      platform: 'telegram',
      visible: true,
      count: 1,
      action: {
        kind: 'status',
        status: 400,
        body: { ok: false, error_code: 400, description: 'Bad Request: message text is empty' },
      },
    });
    const targets = [{ accountId: bluesky }, { accountId: telegram }];
    const post = await create({ text, scheduledFor: 'now', targets });
    await app.settle();
    const half = await get(post.id);
    expect(half).toMatchObject({
      status: 'published',
      outcome: 'partial',
      partiallyFailed: true,
      needsAttention: true,
      summary: { total: 2, published: 1, failed: 1 },
    });
    expect(half.targets[1].publication).toMatchObject({
      status: 'failed',
      error: {
        kind: 'content_refused',
        source: 'user',
        retryable: false,
        remedy: expect.stringMatching(/./),
      },
    });
    expect((await publish(post.id)).status).toBe(202);
    await app.settle();
    const whole = await get(post.id);
    expect(whole).toMatchObject({
      status: 'published',
      outcome: 'complete',
      partiallyFailed: false,
      needsAttention: false,
      summary: { total: 2, published: 2, failed: 0 },
    });
    expect(whole.latestPlanId).not.toBe(half.latestPlanId);
    expect(whole.targets[0].publication).toEqual(half.targets[0].publication);
    const plan = await app.call('get', `/plans/${whole.latestPlanId}`);
    expect(plan.body).toMatchObject({
      leftOut: [{ accountId: bluesky, reason: 'already_published' }],
      summary: { total: 1, published: 1 },
    });
    expect(seen(text)).toBe(2);
    const { body: listed } = await app.call('get', '/posts?limit=1');
    expect(listed.items[0]).toEqual(whole);
  });

  describe('Prefer: wait', () => {
    it('answers once the plan has settled', async () => {
      const { status, headers, body } = await app.call('post', '/posts', {
        body: {
          text: 'Waited for',
          scheduledFor: 'now',
          targets: [{ accountId: bluesky }, { accountId: telegram }],
        },
        headers: { prefer: 'return=representation, wait=20' },
      });
      expect(status).toBe(201);
      expect(headers['preference-applied']).toBe('wait=20');
      expect(body).toMatchObject({ status: 'published', outcome: 'complete' });
      expect(body.targets[0].publication).toMatchObject({
        status: 'published',
        permalink: expect.stringMatching(/^https?:/),
        platformPostId: expect.stringMatching(/./),
        latenessMs: expect.any(Number),
        attemptCount: 1,
        error: null,
      });
    });

    it('gives what is there when the time is over', async () => {
      app.sandbox.control.addFault({
        platform: 'bluesky',
        visible: true,
        count: 1,
        action: { kind: 'status', status: 429 },
      });
      const draft = await create({ text: 'Too slow', targets: [{ accountId: bluesky }] });
      const { status, headers, body } = await publish(draft.id, { prefer: 'wait=2' });
      expect(status).toBe(202);
      expect(headers['preference-applied']).toBe('wait=2');
      expect(body).toMatchObject({ status: 'processing', outcome: null, summary: { pending: 1 } });
    });

    it('does not wait for what is due later, for a draft, or for what it cannot understand', async () => {
      const targets = [{ accountId: bluesky }];
      for (const [scheduledFor, prefer] of [
        ['2099-01-01T00:00:00Z', 'wait=60'],
        [null, 'wait=60'],
        ['now', 'wait=soon'],
        ['now', 'wait=0'],
      ] as const) {
        const { headers } = await app.call('post', '/posts', {
          body: { text: `Not awaited ${String(scheduledFor)} ${prefer}`, scheduledFor, targets },
          headers: { prefer },
        });
        expect([prefer, headers['preference-applied']]).toEqual([prefer, undefined]);
      }
    });
  });
});
