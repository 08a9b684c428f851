import type { AnswerBody } from '../support/app/answer.js';
import { TestApp } from '../support/app/test-app.js';

describe('another tenant', () => {
  let app: TestApp;
  let stranger: string;
  let account: string;
  let post: AnswerBody;

  beforeAll(async () => {
    app = await TestApp.start();
    account = await app.connect('telegram');
    const { body } = await app.call('post', '/posts', {
      body: {
        text: 'Ours',
        scheduledFor: '2099-01-01T00:00:00Z',
        targets: [{ accountId: account }],
        externalId: 'e',
      },
    });
    post = body;
    await app.settle();
    stranger = await app.newKey(['read', 'write', 'admin'], await app.newWorkspace());
  });
  afterAll(() => app.stop());

  const routes = (): [method: 'get' | 'post' | 'patch' | 'delete', route: string, body?: object][] => {
    const publication = post.targets[0].publication.id;
    return [
      ['get', `/posts/${post.id}`],
      ['patch', `/posts/${post.id}`, { text: 'Theirs' }],
      ['post', `/posts/${post.id}/publish`],
      ['post', `/posts/${post.id}/cancel`],
      ['get', `/posts/${post.id}/timeline`],
      ['delete', `/posts/${post.id}`],
      ['get', `/plans/${post.latestPlanId}`],
      ['get', `/publications/${publication}`],
      ['get', `/publications/${publication}/attempts`],
      ['post', `/publications/${publication}/resolve`, { verdict: 'published' }],
      ['get', `/accounts/${account}`],
      ['post', `/accounts/${account}/check`],
      ['patch', `/accounts/${account}`, { brandId: null }],
      ['delete', `/accounts/${account}`],
    ];
  };

  it('gets 404 for each of our ids, and changes nothing', async () => {
    const before = await app.call('get', `/posts/${post.id}`);
    for (const [method, route, body] of routes()) {
      const answer = await app.call(method, route, { body, key: stranger });
      expect([method, route, answer.status]).toEqual([method, route, 404]);
    }
    expect((await app.call('get', `/posts/${post.id}`)).body).toEqual(before.body);
  });

  it('sees none of our rows in lists', async () => {
    for (const route of [
      '/posts',
      '/posts?externalId=e',
      `/posts?accountId=${account}`,
      '/publications',
      '/dead-letters',
      '/dead-letters/deliveries',
      '/accounts',
    ]) {
      const { status, body } = await app.call('get', route, { key: stranger });
      expect([route, status, body.items]).toEqual([route, 200, []]);
    }
  });

  it('cannot post to our account', async () => {
    const { status, body } = await app.call('post', '/posts', {
      key: stranger,
      body: { text: 'Theirs', scheduledFor: 'now', targets: [{ accountId: account }] },
    });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      expect.objectContaining({ pointer: '/targets/0/accountId', rule: 'account_unknown' }),
    ]);
  });

  it('gets 404 for ids that are none', async () => {
    for (const route of [
      '/posts/post_1',
      '/posts/1',
      `/posts/${account}`,
      '/plans/plan_',
      '/publications/x',
    ]) {
      expect([route, (await app.call('get', route)).status]).toEqual([route, 404]);
    }
  });
});
