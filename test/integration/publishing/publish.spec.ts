import { Engine } from '../../support/engine/engine.js';

describe('publishing a post', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());

  it('goes out once on every account and settles the plan', async () => {
    const accounts = [await engine.connect('anna'), await engine.connect('berta')];
    const postId = await engine.post({ text: 'Hello all', accounts });
    await engine.settle();
    const plan = await engine.plan(postId);
    expect(plan).toMatchObject({
      status: 'published',
      outcome: 'complete',
      partiallyFailed: false,
      settledRevision: 1,
    });
    expect(plan.publications.map((publication) => publication.status)).toEqual(['published', 'published']);
    expect(engine.server.entries.filter((entry) => entry.text === 'Hello all')).toHaveLength(2);
  });
});
