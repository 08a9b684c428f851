import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;

describe('a hold', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`hold${number}`);
    engine.behaviour.publish = null;
    engine.server.calls = 0;
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
  });

  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };

  it('of a post keeps it from going out, costs no retry, and resuming sends it at once', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    expect(await engine.hold({ scope: 'post', subjectId: postId })).toBe(1);
    await engine.advance(2 * minute);
    await engine.settle();
    expect(engine.server.calls).toBe(0);
    expect(await only(postId)).toMatchObject({ status: 'held', waitingFor: { reason: 'hold' } });

    expect(await engine.resume({ scope: 'post', subjectId: postId })).toBe(1);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(await engine.rows('SELECT retries FROM publications WHERE post_id = $1', [postId])).toEqual([
      { retries: 0 },
    ]);
  });

  it('of an account holds what is planned later as well, and nothing of other accounts', async () => {
    const other = await engine.connect(`free${number}`);
    await engine.hold({ scope: 'account', subjectId: account });
    const postId = await engine.post({ accounts: [account, other] });
    await engine.settle();
    const states = new Map(
      (await engine.plan(postId)).publications.map((each) => [each.accountId, each.status]),
    );
    expect(states.get(account)).toBe('held');
    expect(states.get(other)).toBe('published');
    await engine.resume({ scope: 'account', subjectId: account });
    await engine.settle();
    expect(await engine.plan(postId)).toMatchObject({ status: 'published', outcome: 'complete' });
  });

  it('of the workspace outlasts the end of a smaller one', async () => {
    const workspace = { scope: 'workspace', subjectId: engine.workspaceId } as const;
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    await engine.hold({ scope: 'post', subjectId: postId });
    await engine.hold(workspace);
    expect(await engine.resume({ scope: 'post', subjectId: postId })).toBe(0);
    await engine.advance(2 * minute);
    await engine.settle();
    expect(engine.server.calls).toBe(0);
    expect(await engine.resume(workspace)).toBe(1);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  describe('and the making of a plan that miss each other', () => {
    const mark = (postId: string, held: boolean) =>
      engine.rows('UPDATE publications SET held = $2 WHERE post_id = $1 RETURNING id', [postId, held]);

    it('let nothing out that was planned without the mark, and resuming sends it', async () => {
      const postId = await engine.post({ accounts: [account], inMs: minute });
      await engine.settle();
      await engine.hold({ scope: 'account', subjectId: account });
      await mark(postId, false);
      await engine.advance(2 * minute);
      await engine.settle();
      expect(engine.server.calls).toBe(0);
      expect(await only(postId)).toMatchObject({ status: 'held', waitingFor: { reason: 'hold' } });
      expect(await engine.resume({ scope: 'account', subjectId: account })).toBe(1);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
    });

    it('keep nothing back whose hold is gone', async () => {
      const postId = await engine.post({ accounts: [account], inMs: minute });
      await engine.settle();
      await mark(postId, true);
      await engine.advance(2 * minute);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
    });

    it.each(['post', 'account', 'workspace'] as const)(
      'are told apart by the fence: no call under a hold of the %s, whatever the mark says',
      async (scope) => {
        const postId = await engine.post({ accounts: [account], inMs: minute });
        const subjectId = { post: postId, account, workspace: engine.workspaceId }[scope];
        engine.behaviour.publish = (ctx, client) =>
          ctx.commit('part:0', async () => {
            await engine.rows(
              `INSERT INTO holds (workspace_id, id, scope, subject_id) VALUES ($1, gen_random_uuid(), $2, $3)
               ON CONFLICT DO NOTHING`,
              [engine.workspaceId, scope, subjectId],
            );
            return client.create(ctx.account.externalId, ctx.content.text);
          });
        await engine.settle();
        await engine.advance(2 * minute);
        await engine.settle();
        expect(engine.server.calls).toBe(0);
        expect(await only(postId)).toMatchObject({ status: 'held' });
        engine.behaviour.publish = null;
        expect(await engine.resume({ scope, subjectId })).toBe(1);
        await engine.settle();
        expect(await only(postId)).toMatchObject({ status: 'published' });
      },
    );
  });

  it('that comes between the run and the fence lets no call through', async () => {
    engine.behaviour.publish = async (ctx, client) => {
      if ((await only(postId)).status === 'publishing')
        await engine.hold({ scope: 'post', subjectId: postId });
      return ctx.commit('part:0', () => client.create(ctx.account.externalId, ctx.content.text));
    };
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(engine.server.calls).toBe(0);
    expect(await only(postId)).toMatchObject({ status: 'held' });
    engine.behaviour.publish = null;
    await engine.resume({ scope: 'post', subjectId: postId });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('waits for a person when a post is later than it may be and asks', async () => {
    const policy = { late: { mode: 'ask', notAfterMinutes: 5 } } as const;
    const postId = await engine.post({ accounts: [account], inMs: minute, policy });
    await engine.settle();
    engine.queue.wipe();
    await engine.advance(10 * minute);
    await engine.sweep();
    await engine.settle();
    expect(engine.server.calls).toBe(0);
    expect(await only(postId)).toMatchObject({ status: 'held', reason: 'too_late' });
    await engine.resume({ scope: 'post', subjectId: postId });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published', reason: null });
  });

  it('is no matter of a post that is to be skipped when it is late', async () => {
    const policy = { late: { mode: 'skip', notAfterMinutes: 5 } } as const;
    const postId = await engine.post({ accounts: [account], inMs: minute, policy });
    await engine.settle();
    engine.queue.wipe();
    await engine.advance(10 * minute);
    await engine.sweep();
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'skipped', reason: 'too_late' });
    expect(engine.server.calls).toBe(0);
    // Who asks for it nevertheless gets it, however late it is.
    await engine.retry((await only(postId)).id);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published', reason: null });
  });

  it('between two parts of a thread keeps the second from following', async () => {
    const held = { scope: 'account', subjectId: account } as const;
    let holds = 0;
    engine.behaviour.publish = async (ctx, client) => {
      const first = await ctx.commit('part:0', () => client.create(ctx.account.externalId, 'one'));
      if (holds === 0) await engine.hold(held);
      holds += 1;
      await ctx.commit('part:1', () => client.create(ctx.account.externalId, 'two'));
      return first;
    };
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(engine.server.entries.map((entry) => entry.text)).toEqual(['one']);
    await engine.resume(held);
    await engine.settle();
    expect(engine.server.entries.map((entry) => entry.text)).toEqual(['one', 'two']);
    expect(await only(postId)).toMatchObject({ status: 'published', warnings: [] });
  });
});

describe('retrying what ended unsuccessfully', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`retry${number}`);
    engine.server.calls = 0;
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
  });

  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };

  it('sends it again, settles the plan with the next revision and takes the dead letter away', async () => {
    engine.server.fates.push({ kind: 'status', status: 401 }, { kind: 'status', status: 401 });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    const { id } = await only(postId);
    expect(await engine.plan(postId)).toMatchObject({ status: 'failed', settledRevision: 1 });
    expect(await engine.deadLetters({ postId })).toHaveLength(1);
    await engine.reviveAccount(account);
    await engine.retry(id);
    await engine.settle();
    expect(await engine.plan(postId)).toMatchObject({ status: 'published', settledRevision: 2 });
    expect(await engine.deadLetters({ postId })).toEqual([]);
  });

  it('is refused with the remedy when the cause is permanent', async () => {
    engine.server.fates.push({ kind: 'status', status: 400 });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    const { id } = await only(postId);
    await expect(engine.retry(id)).rejects.toMatchObject({
      code: 'cause_is_permanent',
      details: { remedy: expect.any(String) },
    });
    expect(await engine.retryMany({ accountId: account, limit: 10 })).toEqual([
      expect.objectContaining({ publicationId: id, retried: false, code: 'cause_is_permanent' }),
    ]);
  });

  it('takes up what was skipped once the platform is on again, by filter', async () => {
    await engine.switchPlatform('fake', false);
    const posts = [await engine.post({ accounts: [account] }), await engine.post({ accounts: [account] })];
    await engine.settle();
    expect(await engine.retryMany({ accountId: account, limit: 10 })).toEqual([
      expect.objectContaining({ retried: false, code: 'platform_disabled' }),
      expect.objectContaining({ retried: false, code: 'platform_disabled' }),
    ]);
    await engine.switchPlatform('fake', true);
    expect(await engine.retryMany({ accountId: account, limit: 10 })).toHaveLength(2);
    await engine.settle();
    for (const postId of posts) expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('never happens to what is unconfirmed', async () => {
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 'never',
      holdsKey: false,
      clockToleranceMs: 0,
    };
    engine.behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
    engine.server.fates.push({ kind: 'reset-after' });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    await engine.advance(2_000);
    await engine.settle();
    const { id } = await only(postId);
    await expect(engine.retry(id)).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(await engine.retryMany({ accountId: account, limit: 10 })).toEqual([]);
    expect(engine.server.calls).toBe(1);
  });
});

describe('a backlog of one workspace', () => {
  it('gives its jobs ranks, so that the first of another workspace is not behind it', async () => {
    const engine = await Engine.start();
    const account = await engine.connect('busy');
    for (let index = 0; index < 5; index += 1) await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    const ranks = engine.queue.pending().map((job) => job.priority);
    expect(Math.min(...ranks)).toBe(1);
    expect(new Set(ranks).size).toBeGreaterThan(1);
    await engine.stop();
  });
});
