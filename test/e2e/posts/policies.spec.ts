import { TestApp } from '../../support/app/test-app.js';

describe('the policy of a post through the API', () => {
  let app: TestApp;
  let account: string;

  beforeAll(async () => {
    app = await TestApp.start();
    account = await app.connect('bluesky');
  });
  afterAll(() => app.stop());

  const inMinutes = (minutes: number): string =>
    new Date(app.clock.now().getTime() + minutes * 60_000).toISOString();
  const create = (policy: object, target: object = {}) =>
    app.call('post', '/posts', {
      body: {
        text: 'Hello',
        scheduledFor: inMinutes(60),
        targets: [{ accountId: account, ...target }],
        policy,
      },
    });

  it('comes back as it was given, with what holds where nothing was said', async () => {
    const policy = { retry: 'patient', giveUpAfterMinutes: 90, degrade: ['link_card'], priority: 'urgent' };
    const { status, body } = await create(policy, { policy: { retry: 'never', degrade: [] } });
    expect(status).toBe(201);
    expect(body.policy).toEqual({ ...policy, success: 'any', late: { mode: 'publish' } });
    expect(body.targets[0].policy).toEqual({ retry: 'never', degrade: [] });
    expect((await create({})).body).toMatchObject({
      policy: { retry: null, giveUpAfterMinutes: null, degrade: [], priority: 'normal' },
      targets: [{ policy: null }],
    });
  });

  it('is changed as long as nothing is out, and what is planned with it', async () => {
    const { body } = await create({ retry: 'quick' });
    await app.settle();
    const changed = await app.call('patch', `/posts/${body.id}`, {
      body: {
        policy: { priority: 'bulk' },
        targets: [{ accountId: account, policy: { giveUpAfterMinutes: 5 } }],
      },
    });
    expect(changed).toMatchObject({ status: 200, body: { policy: { retry: 'quick', priority: 'bulk' } } });
    const rows = await app.rows(`SELECT policy, priority FROM publications WHERE id::text = $1`, [
      uuidOf(body.targets[0].publication.id),
    ]);
    expect(rows).toEqual([{ policy: { retry: 'quick', giveUpAfterMinutes: 5, degrade: [] }, priority: 2 }]);
  });

  it('that makes no sense is refused, each field with its rule and what to do', async () => {
    const { status, body } = await create(
      { retry: 'often', giveUpAfterMinutes: 0, late: { mode: 'ask' }, degrade: ['text'], priority: 1 },
      { policy: { giveUpAfterMinutes: 'soon' } },
    );
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/policy/degrade',
      '/policy/giveUpAfterMinutes',
      '/policy/late/notAfterMinutes',
      '/policy/priority',
      '/policy/retry',
      '/targets/0/policy/giveUpAfterMinutes',
    ]);
    for (const error of body.errors) {
      expect(error).toMatchObject({ rule: expect.any(String), remedy: expect.any(String) });
    }
  });

  it('to ask holds what is late until somebody answers', async () => {
    const { body } = await create({ late: { mode: 'ask', notAfterMinutes: 10 } });
    const answer = (given: object) => app.call('post', `/posts/${body.id}/late`, { body: given });
    await app.settle();
    expect(await answer({ answer: 'publish' })).toMatchObject({
      status: 409,
      body: { code: 'nothing_asked', errors: [{ remedy: expect.any(String) }] },
    });
    await app.advance(2 * 60 * 60_000);
    await app.sweep();
    await app.settle();
    expect((await app.call('get', `/posts/${body.id}/explain`)).body.targets[0]).toMatchObject({
      status: 'held',
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'too_late' })]),
    });
    expect(await answer({ answer: 'reschedule' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/scheduledFor', rule: 'required' }] },
    });
    expect(await answer({ answer: 'publish', scheduledFor: inMinutes(5) })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/scheduledFor', rule: 'contradicts_answer' }] },
    });
    expect(await answer({ answer: 'publish' })).toMatchObject({ status: 200, body: { publications: 1 } });
    await app.settle();
    expect((await app.call('get', `/posts/${body.id}`)).body).toMatchObject({ status: 'published' });
  });
});

function uuidOf(publicId: string): string {
  const hex = publicId.replace(/^[a-z]+_/, '');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
