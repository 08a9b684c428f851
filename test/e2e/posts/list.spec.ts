import { TestApp } from '../../support/app/test-app.js';

describe('GET /api/v1/posts', () => {
  let app: TestApp;
  let bluesky: string;
  let telegram: string;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    app = await TestApp.start();
    bluesky = await app.connect('bluesky');
    telegram = await app.connect('telegram');
    const bodies: Record<string, object> = {
      draft: { targets: [{ accountId: bluesky }], externalId: 'e-1', labels: ['spring'] },
      scheduled: { targets: [{ accountId: telegram }], scheduledFor: '2099-01-01T00:00:00Z' },
      published: { targets: [{ accountId: bluesky }], scheduledFor: 'now', labels: ['spring', 'sale'] },
    };
    for (const [name, body] of Object.entries(bodies)) {
      const made = await app.call('post', '/posts', { body: { text: name, ...body } });
      ids[name] = made.body.id;
    }
    await app.settle();
  });
  afterAll(() => app.stop());

  const found = async (query: string): Promise<string[]> => {
    const { body } = await app.call('get', `/posts${query}`);
    return body.items.map((item: { text: string }) => item.text);
  };

  it.each([
    ['', ['published', 'scheduled', 'draft']],
    ['?status=draft', ['draft']],
    ['?status=draft,published', ['published', 'draft']],
    ['?status=draft&status=scheduled', ['scheduled', 'draft']],
    ['?status=failed', []],
    ['?externalId=e-1', ['draft']],
    ['?label=spring', ['published', 'draft']],
  ])('finds with "%s"', async (query, texts) => {
    expect(await found(query)).toEqual(texts);
  });

  it('finds by account', async () => {
    expect(await found(`?accountId=${telegram}`)).toEqual(['scheduled']);
    expect(await found(`?accountId=${bluesky}&status=published`)).toEqual(['published']);
  });

  it('gives pages, and each post as it is by itself', async () => {
    const first = await app.call('get', '/posts?limit=2');
    expect(first.body.items).toHaveLength(2);
    const second = await app.call('get', `/posts?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body.nextCursor).toBeNull();
    for (const item of [...first.body.items, ...second.body.items])
      expect((await app.call('get', `/posts/${item.id}`)).body).toEqual(item);
  });
});
