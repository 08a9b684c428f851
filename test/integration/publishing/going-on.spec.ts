import type { Judgement, PublicationView } from '../../../src/modules/publishing/index.js';
import { PublishError, type PublishContext } from '../../../src/platforms/core/index.js';
import type { FakeFate } from '../../support/engine/fake-server.js';
import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;
const fine: FakeFate = { kind: 'hold', until: Promise.resolve(), reached: () => undefined };
const lost: FakeFate = { kind: 'reset-after' };
const neverSent: FakeFate = { kind: 'reset-before' };
const refused: FakeFate = { kind: 'status', status: 400 };
const thread = ['two', 'three'];
const live: Judgement = { verdict: 'published', platformPostId: null, permalink: null };
const incomplete = [expect.objectContaining({ code: 'incomplete' })];

describe('a publication of several parts', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`parts${number}`);
    engine.behaviour.publish = null;
    engine.behaviour.commitsAreIndependent = false;
    engine.behaviour.callDeadlineMs = 2_000;
    engine.server.calls = 0;
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
    nothingCanBeTold();
    engine.behaviour.pings = true;
    await engine.rows('TRUNCATE circuits, circuit_waits');
  });

  function nothingCanBeTold(): void {
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 'never',
      holdsKey: false,
      clockToleranceMs: 0,
    };
    engine.behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
  }

  const only = async (postId: string): Promise<PublicationView> => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };
  const texts = () => engine.server.entries.map(({ text }) => text);
  /** Posts a thread, and lets time pass until it has come to its end. */
  const ended = async (...fates: FakeFate[]): Promise<string> => {
    engine.server.fates.push(...fates);
    const postId = await engine.post({ text: 'one', thread, accounts: [account] });
    await engine.settle();
    await engine.advance(2_000);
    await engine.settle();
    return postId;
  };

  it('goes on behind the first when a person says that it is out', async () => {
    const postId = await ended(lost);
    expect(await only(postId)).toMatchObject({ status: 'unconfirmed' });
    expect(texts()).toEqual(['one']);

    await engine.resolve((await only(postId)).id, { ...live, platformPostId: 'seen' });
    expect(await only(postId)).toMatchObject({ status: 'queued', error: null });
    expect(await engine.plan(postId)).toMatchObject({ status: 'processing', settledAt: null });
    await engine.settle();
    expect(texts()).toEqual(['one', 'two', 'three']);
    expect(await only(postId)).toMatchObject({ status: 'published', platformPostId: 'seen', warnings: [] });
    expect(await engine.plan(postId)).toMatchObject({
      status: 'published',
      outcome: 'complete',
      settledRevision: 2,
    });
  });

  it('goes on behind a later one when a person says that it is out', async () => {
    const postId = await ended(fine, lost);
    expect(await only(postId)).toMatchObject({
      status: 'published',
      warnings: incomplete,
      error: { kind: 'outcome_unknown' },
    });
    const { publishedAt } = await only(postId);
    await engine.resolve((await only(postId)).id, live);
    await engine.settle();
    expect(texts()).toEqual(['one', 'two', 'three']);
    expect(await only(postId)).toMatchObject({ status: 'published', warnings: [], error: null, publishedAt });
  });

  it('sends a later one again when a person says that it is not there, and wants it', async () => {
    const postId = await ended(fine, neverSent);
    await engine.resolve((await only(postId)).id, { verdict: 'not_published', retry: true });
    await engine.settle();
    expect(texts()).toEqual(['one', 'two', 'three']);
    expect(await only(postId)).toMatchObject({ status: 'published', warnings: [] });
  });

  it('stays published and incomplete when a person says that a later one is not there', async () => {
    const postId = await ended(fine, neverSent);
    await engine.resolve((await only(postId)).id, { verdict: 'not_published', retry: false });
    await engine.settle();
    expect(texts()).toEqual(['one']);
    expect(await only(postId)).toMatchObject({
      status: 'published',
      warnings: incomplete,
      error: { code: 'engine.judged_absent' },
    });
    // A later change of mind sends what is missing, and nothing else.
    await engine.retry((await only(postId)).id);
    await engine.settle();
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  it('is complete without another run when the last one is said to be out', async () => {
    const postId = await ended(fine, fine, lost);
    const calls = engine.server.calls;
    await engine.resolve((await only(postId)).id, live);
    expect(await only(postId)).toMatchObject({
      status: 'published',
      warnings: [],
      error: null,
      platformPostId: `f1-parts${number}`,
    });
    await engine.settle();
    expect(engine.server.calls).toBe(calls);
    expect(await engine.plan(postId)).toMatchObject({ settledRevision: 2, needsAttention: false });
  });

  it('goes on when the answer of the first comes after all', async () => {
    engine.behaviour.callDeadlineMs = minute;
    const held = engine.server.holdNext();
    const postId = await engine.post({ text: 'one', thread, accounts: [account] });
    const running = engine.settle();
    await held.reached;
    const other = await Engine.start(engine);
    await engine.advance(2 * minute);
    await other.sweep();
    await other.settle();
    expect(await only(postId)).toMatchObject({ status: 'unconfirmed' });
    held.release();
    await running;
    await engine.settle();
    expect(texts()).toEqual(['one', 'two', 'three']);
    expect(await only(postId)).toMatchObject({ status: 'published', warnings: [], error: null });
    await other.stop();
  });

  it('is retried behind the last that is out, with the same words, whatever stopped it', async () => {
    const postId = await ended(fine, refused);
    const { id } = await only(postId);
    expect(await only(postId)).toMatchObject({
      status: 'published',
      warnings: incomplete,
      error: { kind: 'content_refused' },
    });
    // By filter only what may pass: nobody has said that the cause is mended.
    expect(await engine.retryMany({ accountId: account, limit: 10 })).toEqual([
      expect.objectContaining({ publicationId: id, retried: false, code: 'cause_is_permanent' }),
    ]);
    await engine.retry(id);
    await engine.settle();
    expect(texts()).toEqual(['one', 'two', 'three']);
    expect(await only(postId)).toMatchObject({ status: 'published', warnings: [], error: null });
    expect(await engine.plan(postId)).toMatchObject({ outcome: 'complete', settledRevision: 2 });
    await expect(engine.retry(id)).rejects.toMatchObject({ code: 'not_ended' });
  });

  it('is not retried while it is not known whether a part is out', async () => {
    const postId = await ended(fine, lost);
    await expect(engine.retry((await only(postId)).id)).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(engine.server.calls).toBe(2);
  });

  it('that is taken up again respects what was put on hold meanwhile', async () => {
    const postId = await ended(fine, refused);
    await engine.hold({ scope: 'account', subjectId: account });
    await engine.retry((await only(postId)).id);
    await engine.settle();
    expect(texts()).toEqual(['one']);
    expect(await only(postId)).toMatchObject({ status: 'held' });
    await engine.resume({ scope: 'account', subjectId: account });
    await engine.settle();
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  it('keeps an id that another publication has', async () => {
    const first = await engine.post({ accounts: [account] });
    await engine.settle();
    const known = (await only(first)).platformPostId;
    const postId = await ended(lost);
    const wrong = { ...live, platformPostId: known };
    await expect(engine.resolve((await only(postId)).id, wrong)).rejects.toMatchObject({
      code: 'platform_post_taken',
    });
    expect(await only(postId)).toMatchObject({ status: 'unconfirmed' });
  });

  describe('that have nothing to do with one another', () => {
    const readers = ['ada', 'grace', 'linus'];

    beforeEach(() => {
      engine.behaviour.commitsAreIndependent = true;
      engine.behaviour.publish = async (ctx, client) => {
        const sent = [];
        for (const reader of readers) {
          try {
            sent.push(await ctx.commit(`to:${reader}`, () => client.create(ctx.account.externalId, reader)));
          } catch (error) {
            warnOf(ctx, reader, error);
          }
        }
        const [first] = sent;
        if (first === undefined) throw new Error('nobody got it');
        return first;
      };
    });

    function warnOf(ctx: PublishContext, reader: string, error: unknown): void {
      if (!(error instanceof PublishError) || error.kind !== 'outcome_unknown') throw error;
      ctx.warn({ code: 'reader_unconfirmed', message: reader });
    }

    const open = async (postId: string): Promise<string[]> => {
      const rows = await engine.rows(
        `SELECT c.key FROM commits c JOIN publications p ON p.id = c.publication_id
          WHERE p.post_id = $1 AND c.state = 'open' ORDER BY c.position`,
        [postId],
      );
      return rows.map((row) => String(row['key']));
    };

    it('go out although one in the middle cannot be told', async () => {
      const postId = await ended(fine, lost);
      expect(texts()).toEqual(readers);
      expect(await only(postId)).toMatchObject({
        status: 'published',
        warnings: [{ code: 'reader_unconfirmed', message: 'grace' }, ...incomplete],
      });
      await engine.resolve((await only(postId)).id, live);
      await engine.settle();
      expect(texts()).toEqual(readers);
      expect(await only(postId)).toMatchObject({ status: 'published', warnings: [], error: null });
    });

    it('go out although the first cannot be told, and a person has the last word', async () => {
      const postId = await ended(lost);
      expect(texts()).toEqual(readers);
      expect(await only(postId)).toMatchObject({
        status: 'unconfirmed',
        warnings: [{ code: 'reader_unconfirmed', message: 'ada' }],
      });
      await engine.resolve((await only(postId)).id, { verdict: 'not_published', retry: false });
      expect(await only(postId)).toMatchObject({
        status: 'published',
        platformPostId: `f2-parts${number}`,
        warnings: expect.arrayContaining(incomplete),
      });
      expect(await engine.plan(postId)).toMatchObject({ status: 'published', needsAttention: true });
    });

    it('are judged one by one when several cannot be told', async () => {
      const postId = await ended(lost, lost, fine);
      await engine.advance(2_000);
      await engine.settle();
      const { id } = await only(postId);
      expect(await open(postId)).toEqual(['to:ada', 'to:grace']);
      await expect(engine.resolve(id, live)).rejects.toMatchObject({
        code: 'several_unconfirmed',
        details: { commits: ['to:ada', 'to:grace'] },
      });
      await engine.resolve(id, { ...live, commit: 'to:grace' });
      expect(await only(postId)).toMatchObject({ status: 'unconfirmed' });
      await engine.resolve(id, { ...live, commit: 'to:ada' });
      await engine.settle();
      expect(texts()).toEqual(readers);
      expect(engine.server.calls).toBe(3);
      expect(await only(postId)).toMatchObject({ status: 'published', warnings: [] });
    });
  });
});
