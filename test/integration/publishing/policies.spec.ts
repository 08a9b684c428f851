import { LateAnswers, type LateAnswer } from '../../../src/modules/publishing/index.js';
import { PublishError } from '../../../src/platforms/core/index.js';
import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;
const hour = 60 * minute;

describe('the policy of a post', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`policy${number}`);
    engine.behaviour.publish = null;
    engine.server.calls = 0;
    engine.server.fates.length = 0;
  });

  // What a test leaves waiting is no business of the next one.
  afterEach(() =>
    engine.rows(
      `UPDATE publications SET state = 'canceled', wake_at = NULL, wake_reason = NULL, lease_token = NULL, lease_until = NULL
        WHERE state IN ('waiting', 'running', 'with_platform')`,
    ),
  );

  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };
  const codes = async (postId: string) => (await engine.explain(postId)).map(({ code }) => code);

  describe('to ask when it is late', () => {
    const asking = async (): Promise<string> => {
      const late = { mode: 'ask', notAfterMinutes: 30 } as const;
      const postId = await engine.post({ accounts: [account], inMs: minute, policy: { late } });
      await engine.settle();
      await engine.advance(hour);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'held', reason: 'too_late' });
      expect(engine.server.calls).toBe(0);
      return postId;
    };
    const answer = (postId: string, given: LateAnswer) =>
      engine.unitOfWork.run(engine.workspaceId, () => engine.app.get(LateAnswers).answer(postId, given));

    it('sends it once somebody says so, and asks no more', async () => {
      const postId = await asking();
      expect(await answer(postId, { answer: 'publish' })).toBe(1);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
      await expect(answer(postId, { answer: 'skip' })).rejects.toMatchObject({
        code: 'nothing_asked',
        details: { remedy: expect.any(String) },
      });
    });

    it('passes it over once somebody says so', async () => {
      const postId = await asking();
      await answer(postId, { answer: 'skip' });
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'skipped', reason: 'too_late' });
      expect(engine.server.calls).toBe(0);
      expect(await engine.plan(postId)).toMatchObject({ status: 'failed', settledAt: expect.any(Date) });
    });

    it('sends it at the new time, from which its policy counts anew', async () => {
      const postId = await asking();
      const dueAt = new Date(engine.clock.now().getTime() + hour);
      await answer(postId, { answer: 'reschedule', dueAt });
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'scheduled', dueAt });
      expect(engine.server.calls).toBe(0);
      await engine.advance(hour + minute);
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
    });

    it('lets nothing out that is on hold as well', async () => {
      const postId = await asking();
      await engine.hold({ scope: 'account', subjectId: account });
      await answer(postId, { answer: 'publish' });
      await engine.settle();
      expect((await codes(postId))[0]).toBe('held');
      await engine.resume({ scope: 'account', subjectId: account });
      await engine.settle();
      expect(await only(postId)).toMatchObject({ status: 'published' });
    });
  });

  it('says how long it waits for a limit, and explain until when', async () => {
    engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '600' } });
    const postId = await engine.post({ accounts: [account], policy: { giveUpAfterMinutes: 20 } });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'retrying' });
    const until = (await engine.explain(postId)).find(({ code }) => code === 'gives_up')?.until;
    expect(until).toEqual(new Date((await only(postId)).dueAt.getTime() + 20 * minute));
    await engine.advance(11 * minute);
    engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '3000' } });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'failed' });
  });

  it('says how long it is retried: no retry begins later', async () => {
    engine.behaviour.publish = () => Promise.reject(passing());
    const policy = { retry: 'patient', giveUpAfterMinutes: 10 } as const;
    const postId = await engine.post({ accounts: [account], policy });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'retrying' });
    await engine.advance(7 * minute);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'failed' });
  });

  it('says that nothing is retried, also for one target alone', async () => {
    engine.behaviour.publish = () => Promise.reject(passing());
    const ofPost = await engine.post({ accounts: [account], policy: { retry: 'never' } });
    const ofTarget = await engine.post({ accounts: [account], targetPolicy: { retry: 'never' } });
    const ofNone = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await only(ofPost)).toMatchObject({ status: 'failed' });
    expect(await only(ofTarget)).toMatchObject({ status: 'failed' });
    expect(await only(ofNone)).toMatchObject({ status: 'retrying' });
  });

  it('counts the retries of the profile that it names', async () => {
    engine.behaviour.publish = () => Promise.reject(passing());
    const postId = await engine.post({ accounts: [account], policy: { retry: 'patient' } });
    await engine.settle();
    expect((await engine.explain(postId))[0]?.message).toContain('retry 1 of 6');
  });

  describe('to leave a part out rather than fail', () => {
    beforeEach(() => {
      engine.behaviour.publish = async (ctx, client) => {
        const post = await ctx.commit('part:0', () =>
          client.create(ctx.account.externalId, ctx.content.text),
        );
        if (ctx.isDropped('first_comment')) return post;
        try {
          await ctx.commit('comment', () => client.create(ctx.account.externalId, 'first comment'));
        } catch (error) {
          if (!isRefusal(error) || !ctx.mayDrop('first_comment')) throw error;
          await ctx.drop('first_comment', error.message);
        }
        return post;
      };
    });

    it('goes out complete without it, and says what was left out and why', async () => {
      engine.server.fates.push({ kind: 'headers', headers: {} }, { kind: 'status', status: 400 });
      const postId = await engine.post({ accounts: [account], policy: { degrade: ['first_comment'] } });
      await engine.settle();
      expect(await only(postId)).toMatchObject({
        status: 'published',
        warnings: [
          {
            code: 'first_comment_dropped',
            message: 'The first comment was left out: The fake platform said 400.',
          },
        ],
      });
      expect(await codes(postId)).toEqual(['published', 'first_comment_dropped']);
    });

    it('is not done where the post does not say so', async () => {
      engine.server.fates.push({ kind: 'headers', headers: {} }, { kind: 'status', status: 400 });
      const postId = await engine.post({ accounts: [account], policy: { degrade: ['alt_text'] } });
      await engine.settle();
      expect(await codes(postId)).toEqual(['incomplete']);
    });

    it('is remembered by later runs', async () => {
      const publish = engine.behaviour.publish;
      let runs = 0;
      engine.behaviour.publish = async (ctx, client) => {
        runs += 1;
        const result = await publish?.(ctx, client);
        if (runs === 1) throw passing();
        return result ?? { platformPostId: '', permalink: null };
      };
      engine.server.fates.push({ kind: 'headers', headers: {} }, { kind: 'status', status: 400 });
      const postId = await engine.post({ accounts: [account], policy: { degrade: ['first_comment'] } });
      await engine.settle();
      await engine.advance(2 * minute);
      await engine.settle();
      expect(runs).toBe(2);
      expect(engine.server.calls).toBe(2);
      expect(await only(postId)).toMatchObject({
        status: 'published',
        warnings: [{ code: 'first_comment_dropped' }],
      });
    });
  });

  function isRefusal(error: unknown): error is PublishError {
    return error instanceof PublishError && error.kind === 'content_refused';
  }

  function passing(): PublishError {
    return new PublishError({
      kind: 'transient',
      code: 'fake.passing',
      message: 'It will pass.',
      remedy: 'None.',
      provesNothingCreated: true,
    });
  }
});
