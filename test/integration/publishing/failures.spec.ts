import { PublishError } from '../../../src/platforms/core/index.js';
import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;

describe('a failure', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`fail${number}`);
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

  it('that the platform proves ends the target, tells why, and is kept as a dead letter', async () => {
    engine.server.fates.push({ kind: 'status', status: 400 });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    const publication = await only(postId);
    expect(publication).toMatchObject({
      status: 'failed',
      error: { kind: 'content_refused', code: 'fake.status_400', retryable: false },
    });
    expect(await engine.plan(postId)).toMatchObject({
      status: 'failed',
      outcome: 'none',
      needsAttention: true,
    });
    expect(await engine.deadLetters({ postId })).toMatchObject([
      { ended: 'failed', code: 'fake.status_400', remedy: 'None.', publication: { id: publication.id } },
    ]);
  });

  it('of one target leaves the others alone', async () => {
    const other = await engine.connect(`fine${number}`);
    engine.server.fates.push({ kind: 'status', status: 400 });
    const postId = await engine.post({ accounts: [account, other] });
    await engine.settle();
    expect(await engine.plan(postId)).toMatchObject({
      status: 'published',
      outcome: 'partial',
      partiallyFailed: true,
      summary: { published: 1, failed: 1 },
    });
  });

  it('fails the plan when all targets were wanted', async () => {
    const other = await engine.connect(`all${number}`);
    engine.server.fates.push({ kind: 'status', status: 400 });
    const postId = await engine.post({ accounts: [account, other], policy: { success: 'all' } });
    await engine.settle();
    expect(await engine.plan(postId)).toMatchObject({
      status: 'failed',
      outcome: 'partial',
      partiallyFailed: true,
    });
  });

  it('before anything was sent is retried after 1, 5 and 15 minutes, then given up', async () => {
    engine.behaviour.publish = () =>
      Promise.reject(
        new PublishError({ kind: 'transient', code: 'fake.down', message: 'Down.', remedy: 'Wait.' }),
      );
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    for (const [attempt, minutes] of [1, 5, 15].entries()) {
      expect(await only(postId)).toMatchObject({
        status: 'retrying',
        attemptCount: attempt + 1,
        error: { retryable: true },
      });
      await engine.advance(minutes * 0.85 * minute);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ attemptCount: attempt + 1 });
      await engine.advance(minutes * 0.3 * minute);
      await engine.settle();
    }
    expect(await only(postId)).toMatchObject({
      status: 'failed',
      attemptCount: 4,
      error: { code: 'fake.down', retryable: false },
    });
  });

  it('by a rate limit waits for as long as the platform says and uses up no retry', async () => {
    engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '120' } });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'retrying', waitingFor: { reason: 'rate_limit' } });
    await engine.advance(100_000);
    await engine.settle();
    expect(engine.server.calls).toBe(1);
    await engine.advance(25_000);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(await engine.rows('SELECT retries FROM publications WHERE post_id = $1', [postId])).toEqual([
      { retries: 0 },
    ]);
  });

  it('of ended credentials renews them once and goes on', async () => {
    engine.server.fates.push({ kind: 'status', status: 401 });
    const before = engine.connector.refreshes;
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published', attemptCount: 2 });
    expect(engine.connector.refreshes).toBe(before + 1);
  });

  it('of credentials that end again and again during a long wait renews them each time', async () => {
    const looks = ['ended', 'not yet', 'ended', 'not yet', 'ended', 'ready'];
    engine.behaviour.publish = async (ctx, client) => {
      const look = async () => {
        await ctx.credentials();
        const seen = looks.shift();
        if (seen === 'ended') {
          const code = 'fake.token_ended';
          throw new PublishError({ kind: 'auth_expired', code, message: 'Ended.', remedy: 'None.' });
        }
        return seen === 'ready' ? ({ ready: true, value: true } as const) : ({ ready: false } as const);
      };
      await ctx.waitFor('ready', look, { delaysMs: [5 * minute], giveUpAfterMs: 60 * minute });
      return ctx.commit('part:0', () => client.create(ctx.account.externalId, ctx.content.text));
    };
    const before = engine.connector.refreshes;
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    for (let waits = 0; waits < 2; waits += 1) {
      await engine.advance(5 * minute);
      await engine.settle();
    }
    expect(await only(postId)).toMatchObject({ status: 'published', error: null });
    expect(engine.connector.refreshes).toBe(before + 3);
  });

  it('of renewed credentials ends the target', async () => {
    engine.server.fates.push({ kind: 'status', status: 401 }, { kind: 'status', status: 401 });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'failed', error: { kind: 'auth_expired' } });
    expect(engine.server.entries).toHaveLength(0);
  });

  it('behind the first part leaves the post published, incomplete, its parts a prefix', async () => {
    engine.server.fates.push(
      { kind: 'hold', until: Promise.resolve(), reached: () => undefined },
      { kind: 'status', status: 400 },
    );
    const postId = await engine.post({ text: 'one', thread: ['two', 'three'], accounts: [account] });
    await engine.settle();
    const publication = await only(postId);
    expect(publication).toMatchObject({ status: 'published', platformPostId: `f1-fail${number}` });
    expect(publication.warnings).toEqual([expect.objectContaining({ code: 'incomplete' })]);
    expect(engine.server.entries.map((entry) => entry.text)).toEqual(['one']);
  });

  it('in a later part is retried from there, never from the start', async () => {
    engine.server.fates.push(
      { kind: 'hold', until: Promise.resolve(), reached: () => undefined },
      { kind: 'status', status: 429 },
    );
    const postId = await engine.post({ text: 'one', thread: ['two', 'three'], accounts: [account] });
    await engine.settle();
    await engine.advance(2 * minute);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published', warnings: [] });
    expect(engine.server.entries.map((entry) => entry.text)).toEqual(['one', 'two', 'three']);
  });

  it('of the engine itself is a dead letter after five claims without an ended step', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    await engine.rows('UPDATE publications SET claims = 5 WHERE post_id = $1', [postId]);
    await engine.advance(2 * minute);
    await engine.settle();
    expect(await only(postId)).toMatchObject({
      status: 'failed',
      error: { code: 'engine.crash', source: 'system' },
    });
    expect(engine.server.calls).toBe(0);
  });

  describe('of the engine itself, with an answer missing', () => {
    const crashed = async (fate: 'reset-after' | 'reset-before', { claims }: { claims: number }) => {
      engine.server.fates.push({ kind: fate });
      const postId = await engine.post({ accounts: [account] });
      await engine.settle();
      await engine.rows('UPDATE publications SET claims = $2 WHERE post_id = $1', [postId, claims]);
      await engine.advance(5 * minute);
      await engine.settle();
      return postId;
    };

    it('is looked for, and is published when it is there', async () => {
      const postId = await crashed('reset-after', { claims: 5 });
      expect(await only(postId)).toMatchObject({
        status: 'published',
        platformPostId: `f1-fail${number}`,
        warnings: [],
      });
      expect(engine.server.calls).toBe(1);
    });

    it('is sent again after two absences: a look is an ended step', async () => {
      const postId = await crashed('reset-before', { claims: 5 });
      expect(engine.server.calls).toBe(1);
      await engine.advance(5 * minute);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
      expect(engine.server.entries).toHaveLength(1);
    });

    it('is a dead letter that can be retried when it dies between the proof of its absence and the next call', async () => {
      const postId = await crashed('reset-before', { claims: 5 });
      await engine.rows('UPDATE publications SET claims = 5 WHERE post_id = $1', [postId]);
      await engine.advance(5 * minute);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'failed', error: { code: 'engine.crash' } });
      expect(engine.server.calls).toBe(1);
      await engine.retry((await only(postId)).id);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
      expect(engine.server.entries).toHaveLength(1);
    });

    it('is left to a person, without another look, when it has been begun a dozen times', async () => {
      engine.server.fates.push({ kind: 'reset-after' });
      const postId = await engine.post({ accounts: [account] });
      await engine.settle();
      await engine.rows('UPDATE publications SET claims = 5, attempt_count = 13 WHERE post_id = $1', [
        postId,
      ]);
      await engine.advance(5 * minute);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'unconfirmed', waitingFor: null });
      expect(
        await engine.rows(
          'SELECT l.id FROM looks l JOIN publications p ON p.id = l.publication_id WHERE p.post_id = $1',
          [postId],
        ),
      ).toEqual([]);
    });

    it('is left to a person when it dies over the looks too', async () => {
      const postId = await crashed('reset-after', { claims: 7 });
      expect(await only(postId)).toMatchObject({ status: 'unconfirmed', waitingFor: null });
      expect(engine.server.calls).toBe(1);
    });
  });

  it('never happens on a platform that is switched off: the publisher is not called', async () => {
    await engine.switchPlatform('fake', false);
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await only(postId)).toMatchObject({
      status: 'skipped',
      reason: 'platform_disabled',
      attemptCount: 0,
    });
    expect(await engine.plan(postId)).toMatchObject({ status: 'failed' });
    await engine.switchPlatform('fake', true);
  });
});
