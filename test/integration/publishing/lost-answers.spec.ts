import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;

describe('an answer that is lost', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`lost${number}`);
    engine.behaviour.reconcile = {
      settleMs: 60_000,
      absentAfterLooks: 2,
      holdsKey: false,
      clockToleranceMs: 5_000,
    };
    engine.behaviour.callDeadlineMs = 2_000;
    engine.behaviour.repeatSafeForMs = null;
    engine.behaviour.look = null;
    engine.server.calls = 0;
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
    await engine.rows('TRUNCATE circuits, circuit_waits');
  });

  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };

  it('is found on the platform and not sent again when the platform had acted', async () => {
    engine.server.fates.push({ kind: 'reset-after' });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await only(postId)).toMatchObject({
      status: 'unconfirmed',
      waitingFor: { reason: 'outcome_check' },
    });
    expect((await engine.plan(postId)).status).toBe('processing');

    await engine.advance(6_000);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published', platformPostId: `f1-lost${number}` });
    expect(engine.server.calls).toBe(1);
  });

  it('is sent again only after two absences a settling delay apart when the platform had not acted', async () => {
    engine.server.fates.push({ kind: 'reset-before' });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();

    // The deadline of 2 s, 15 s, the settling delay of 60 s: an earlier absence proves nothing.
    await engine.advance(6_000);
    await engine.settle();
    expect(engine.server.calls).toBe(1);
    await engine.advance(75_000);
    await engine.settle();
    expect(engine.server.calls).toBe(1);
    await engine.advance(61_000);
    await engine.settle();

    expect(engine.server.calls).toBe(2);
    expect(await only(postId)).toMatchObject({
      status: 'published',
      platformPostId: `f1-lost${number}`,
      attemptCount: 2,
    });
    const verdicts = await engine.rows(
      'SELECT no, outcome, verdict FROM calls ORDER BY started_at DESC LIMIT 2',
    );
    expect(verdicts).toEqual([
      { no: 2, outcome: 'done', verdict: null },
      { no: 1, outcome: 'unknown', verdict: 'absent' },
    ]);
  });

  it('is repeated with the same bytes while the platform honours the key, without a look', async () => {
    engine.behaviour.repeatSafeForMs = 50 * minute;
    engine.behaviour.look = () => Promise.reject(new Error('must not look'));
    engine.server.fates.push({ kind: 'reset-after' });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    await engine.advance(6_000);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(engine.server.calls).toBe(2);
    expect(engine.server.entries).toHaveLength(1);
  });

  it('is looked for, not repeated, once the time for repeating is over', async () => {
    engine.behaviour.repeatSafeForMs = 4_000;
    engine.server.fates.push({ kind: 'reset-after' });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    await engine.advance(6_000);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(engine.server.calls).toBe(1);
  });

  it('ends unconfirmed at once where the platform can never tell, and a person decides', async () => {
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
    expect(await engine.plan(postId)).toMatchObject({
      status: 'unconfirmed',
      outcome: 'unknown',
      needsAttention: true,
    });
    expect(engine.server.calls).toBe(1);

    const { id } = await only(postId);
    await engine.resolve(id, {
      verdict: 'published',
      platformPostId: 'seen-1',
      permalink: 'https://fake.example/seen-1',
    });
    expect(await engine.plan(postId)).toMatchObject({ status: 'published', settledRevision: 2 });
    expect(await only(postId)).toMatchObject({ platformPostId: 'seen-1', error: null });
    expect(engine.server.calls).toBe(1);
  });

  it('is sent once more when a person says that it is not there and asks for it', async () => {
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 'never',
      holdsKey: false,
      clockToleranceMs: 0,
    };
    engine.behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
    engine.server.fates.push({ kind: 'reset-before' });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    await engine.advance(2_000);
    await engine.settle();
    const { id } = await only(postId);
    await engine.resolve(id, { verdict: 'not_published', retry: true });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(engine.server.entries).toHaveLength(1);
  });

  it.each([
    ['looked for', null, 5],
    // The last of the retries is a look.
    ['repeated with its key', 60 * minute, 4],
  ])(
    'ends after its retries when no answer ever proves anything, each call being %s',
    async (_how, repeatSafeForMs, calls) => {
      engine.behaviour.repeatSafeForMs = repeatSafeForMs;
      for (let call = 0; call < 20; call += 1) engine.server.fates.push({ kind: 'status', status: 418 });
      const postId = await engine.post({ accounts: [account] });
      for (let look = 0; look < 40; look += 1) {
        await engine.settle();
        await engine.advance(2 * minute);
      }

      expect(await only(postId)).toMatchObject({ status: 'failed', error: { code: 'fake.status_418' } });
      // One, its first repeat, and the retries.
      expect(engine.server.calls).toBe(calls);
      expect(
        await engine.rows(`SELECT state FROM commits WHERE publication_id = $1`, [(await only(postId)).id]),
      ).toEqual([{ state: 'clear' }]);
      expect(engine.server.entries).toHaveLength(0);
    },
  );

  it('concludes nothing from a look that fails, and looks again', async () => {
    engine.server.fates.push({ kind: 'reset-after' });
    engine.server.listStatuses.push(503, 429);
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    for (const ms of [6_000, 31_000, 61_000]) {
      expect((await only(postId)).status).toBe('unconfirmed');
      await engine.advance(ms);
      await engine.settle();
    }
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(engine.server.calls).toBe(1);
  });

  it('keeps another publication with the same words on the same account waiting', async () => {
    engine.server.fates.push({ kind: 'reset-after' });
    const first = await engine.post({ text: 'Same words', accounts: [account] });
    await engine.settle();
    const second = await engine.post({ text: 'Same words', accounts: [account] });
    await engine.settle();
    expect(await only(second)).toMatchObject({
      status: 'retrying',
      waitingFor: { reason: 'same_content_elsewhere' },
    });
    expect(engine.server.calls).toBe(1);

    await engine.advance(6_000);
    await engine.settle();
    await engine.advance(31_000);
    await engine.settle();
    const ids = [(await only(first)).platformPostId, (await only(second)).platformPostId];
    expect(ids).toEqual([`f1-lost${number}`, `f2-lost${number}`]);
  });

  it('reaches the ledger also when it comes after the lease was lost, and revises what was given up', async () => {
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 'never',
      holdsKey: false,
      clockToleranceMs: 0,
    };
    engine.behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
    engine.behaviour.callDeadlineMs = minute;
    const held = engine.server.holdNext();
    const postId = await engine.post({ accounts: [account] });
    const running = engine.settle();
    await held.reached;

    const other = await Engine.start(engine);
    await engine.advance(2 * minute);
    await other.sweep();
    await other.settle();
    expect(await engine.plan(postId)).toMatchObject({ status: 'unconfirmed' });

    held.release();
    await running;
    await engine.settle();
    expect(await engine.plan(postId)).toMatchObject({
      status: 'published',
      outcome: 'complete',
      settledRevision: 2,
    });
    expect(engine.server.calls).toBe(1);
    await other.stop();
  });

  it('goes out after all when proof comes late that the call, of which nobody could tell, created nothing', async () => {
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 'never',
      holdsKey: false,
      clockToleranceMs: 0,
    };
    engine.behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
    engine.behaviour.callDeadlineMs = minute;
    const held = engine.server.holdNext(429);
    const postId = await engine.post({ accounts: [account] });
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
    // The unknown outcome has opened the circuit: the next call waits until it is its turn to probe.
    for (let round = 0; round < 5; round += 1) {
      await engine.advance(2 * minute);
      await other.sweep();
      await other.settle();
    }
    expect(await engine.plan(postId)).toMatchObject({ status: 'published', outcome: 'complete' });
    expect(engine.server.entries).toHaveLength(1);
    expect(engine.server.calls).toBe(2);
    await other.stop();
  });

  it.each([
    ['that it created nothing', 429, 2],
    ['that it was taken', undefined, 1],
  ] as const)('counts while another gives up on it: late proof %s', async (_, status, calls) => {
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 'never',
      holdsKey: false,
      clockToleranceMs: 0,
    };
    engine.behaviour.callDeadlineMs = minute;
    const held = engine.server.holdNext(status);
    const postId = await engine.post({ accounts: [account] });
    const running = engine.settle();
    await held.reached;
    // The proof comes after the other one has read the ledger, and before it writes what it makes of it.
    engine.behaviour.look = async () => {
      held.release();
      await running;
      return { verdict: 'cannot_tell', reason: 'There is no history.' };
    };

    const other = await Engine.start(engine);
    for (let round = 0; round < 5; round += 1) {
      await engine.advance(2 * minute);
      await other.sweep();
      await other.settle();
    }
    expect(await engine.plan(postId)).toMatchObject({ status: 'published', outcome: 'complete' });
    expect(engine.server.entries).toHaveLength(1);
    expect(engine.server.calls).toBe(calls);
    await other.stop();
  });

  it('reports a duplicate when late proof contradicts an absence', async () => {
    engine.behaviour.callDeadlineMs = minute;
    const held = engine.server.holdNext();
    const postId = await engine.post({ accounts: [account] });
    const running = engine.settle();
    await held.reached;
    const other = await Engine.start(engine);
    // The other one sees the call as absent twice, and sends once more; the first answer comes after that.
    for (let i = 0; i < 5; i += 1) {
      await engine.advance(80_000);
      await other.sweep();
      await other.settle();
    }
    expect(await only(postId)).toMatchObject({ status: 'published' });
    held.release();
    await running;
    await engine.settle();
    const events = await engine.rows(`SELECT data FROM outbox WHERE type = 'publishing.duplicate-detected'`);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ data: { permalinks: [expect.any(String), expect.any(String)] } });
    await other.stop();
  });
});
