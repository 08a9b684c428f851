import { TestApp } from '../../support/app/test-app.js';

describe('POST /api/v1/posts', () => {
  let app: TestApp;
  let bluesky: string;
  let telegram: string;

  beforeAll(async () => {
    app = await TestApp.start();
    bluesky = await app.connect('bluesky');
    telegram = await app.connect('telegram');
  });
  afterAll(() => app.stop());

  const create = (body: object, headers: Record<string, string> = {}) =>
    app.call('post', '/posts', { body, headers });

  it('answers with the post as it was sent and names what will become of it', async () => {
    const { status, body, headers } = await create({
      text: 'Hello',
      scheduledFor: '2099-12-24T18:00:00',
      timezone: 'Europe/Berlin',
      targets: [
        { accountId: bluesky },
        { accountId: telegram, text: 'other words', media: [], settings: {} },
      ],
      policy: { success: 'any', late: { mode: 'publish' } },
      externalId: 'c7/3',
      metadata: { a: [1, { b: null }] },
      labels: ['spring'],
    });
    expect(status).toBe(201);
    expect(headers['location']).toBe(`/api/v1/posts/${body.id}`);
    expect(headers['etag']).toBe('"1"');
    expect(body).toMatchObject({
      status: 'scheduled',
      outcome: null,
      partiallyFailed: false,
      needsAttention: false,
      summary: { total: 2, published: 0, failed: 0, unconfirmed: 0, skipped: 0, canceled: 0, pending: 2 },
      text: 'Hello',
      scheduledFor: '2099-12-24T18:00:00',
      timezone: 'Europe/Berlin',
      dueAt: '2099-12-24T17:00:00.000Z',
      targets: [
        { accountId: bluesky, platform: 'bluesky', text: null, media: null },
        { accountId: telegram, platform: 'telegram', text: 'other words', media: [], settings: {} },
      ],
      externalId: 'c7/3',
      metadata: { a: [1, { b: null }] },
      labels: ['spring'],
      warnings: [],
      revision: 1,
    });
    expect(body.latestPlanId).toMatch(/^plan_/);
    expect(body.targets[0].publication).toEqual({
      id: expect.stringMatching(/^pub_[0-9a-f]{32}$/),
      status: 'scheduled',
      permalink: null,
      platformPostId: null,
      publishedAt: null,
      deletedAt: null,
      latenessMs: null,
      attemptCount: 0,
      nextAttemptAt: null,
      waitingFor: null,
      reason: null,
      error: null,
      warnings: [],
    });
    // At once, before any event was delivered.
    const plan = await app.call('get', `/plans/${body.latestPlanId}`);
    const publication = await app.call('get', `/publications/${body.targets[0].publication.id}`);
    expect(publication).toMatchObject({ status: 200, body: { status: 'scheduled' } });
    await app.settle();
    const later = await app.call('get', `/posts/${body.id}`);
    expect(later.body).toEqual(body);
    expect((await app.call('get', `/plans/${body.latestPlanId}`)).body).toEqual(plan.body);
    expect(plan.body).toMatchObject({ id: body.latestPlanId, postId: body.id, status: 'scheduled' });
    expect(plan.body.publications.map((publication: { id: string }) => publication.id).sort()).toEqual(
      body.targets.map((target: { publication: { id: string } }) => target.publication.id).sort(),
    );
  });
});
