import { PublishingService, requestPublish } from '../../../src/modules/publishing/index.js';
import { PublishRequested } from '../../../src/modules/publishing/events/index.js';
import { EventRecorder } from '../../../src/common/events/index.js';
import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;
const hour = 60 * minute;

describe('commands to what is planned', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`cmd${number}`);
    engine.behaviour.publish = null;
    engine.server.calls = 0;
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
  });

  const publishing = () => engine.app.get(PublishingService);
  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };

  it('never go out early, and go out at their time', async () => {
    const postId = await engine.post({ accounts: [account], inMs: hour });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'scheduled' });
    await engine.advance(hour - minute);
    await engine.sweep();
    await engine.settle();
    expect(engine.server.calls).toBe(0);
    await engine.advance(minute);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('a canceled post makes no call, and a second cancel answers the same', async () => {
    const postId = await engine.post({ accounts: [account], inMs: hour });
    await engine.settle();
    const { id } = await only(postId);
    const expected = [{ accountId: account, publicationId: id, result: 'canceled' }];
    expect(await publishing().cancelScheduledPost(engine.workspaceId, postId)).toEqual(expected);
    expect(await publishing().cancelScheduledPost(engine.workspaceId, postId)).toEqual(expected);
    await engine.advance(2 * hour);
    await engine.sweep();
    await engine.settle();
    expect(await engine.plan(postId)).toMatchObject({ status: 'canceled' });
    expect(engine.server.calls).toBe(0);
  });

  it('a call that may be visible cannot be canceled', async () => {
    engine.behaviour.callDeadlineMs = minute;
    const held = engine.server.holdNext();
    const postId = await engine.post({ accounts: [account] });
    const running = engine.settle();
    await held.reached;
    expect(await publishing().cancelScheduledPost(engine.workspaceId, postId)).toEqual([
      expect.objectContaining({ result: 'already-going-out' }),
    ]);
    held.release();
    await running;
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('what the platform refused for now can be canceled, and is not sent again', async () => {
    engine.server.fates.push({ kind: 'status', status: 429, headers: { 'retry-after': '120' } });
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'retrying' });
    expect(await publishing().cancelScheduledPost(engine.workspaceId, postId)).toEqual([
      expect.objectContaining({ result: 'canceled' }),
    ]);
    await engine.advance(5 * minute);
    await engine.sweep();
    await engine.settle();
    expect(engine.server.calls).toBe(1);
    expect(await engine.plan(postId)).toMatchObject({ status: 'canceled' });
  });

  it('a cancel that comes between claim and fence wins: the call is not made', async () => {
    let cancel: Promise<unknown> = Promise.resolve();
    engine.behaviour.publish = async (ctx, client) => {
      cancel = publishing().cancelScheduledPost(engine.workspaceId, postId);
      await cancel;
      return ctx.commit('part:0', () => client.create('x', 'too late'));
    };
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(await cancel).toEqual([expect.objectContaining({ result: 'canceled' })]);
    expect(engine.server.calls).toBe(0);
    expect(await only(postId)).toMatchObject({ status: 'canceled' });
  });

  it('publishing now moves a pending plan up instead of making a second one', async () => {
    const postId = await engine.post({ accounts: [account], inMs: hour });
    await engine.settle();
    const before = (await engine.plan(postId)).id;
    const planId = await publishing().publishNow(engine.workspaceId, postId, { requestId: `now-${number}` });
    expect(planId).toBe(before);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    await engine.advance(2 * hour);
    await engine.sweep();
    await engine.settle();
    expect(engine.server.calls).toBe(1);
  });

  it('the same request id makes one plan, however often and from wherever it comes', async () => {
    const postId = await engine.post({ accounts: [account] });
    await engine.settle();
    const fresh = await engine.post({ accounts: [account], inMs: 10 * hour });
    await engine.settle();
    const requestId = `same-${number}`;
    const [first, second] = await Promise.all([
      publishing().publishNow(engine.workspaceId, fresh, { requestId }),
      publishing().publishNow(engine.workspaceId, fresh, { requestId }),
    ]);
    expect(first).toBe(second);
    await engine.unitOfWork.run(engine.workspaceId, () => {
      engine.app
        .get(EventRecorder)
        .record(new PublishRequested(engine.workspaceId, { postId: fresh, requestId, publishAt: null }));
      return Promise.resolve();
    });
    await engine.settle();
    expect(await engine.rows('SELECT count(*)::int AS plans FROM plans WHERE post_id = $1', [fresh])).toEqual(
      [{ plans: 1 }],
    );
    expect(engine.server.calls).toBe(2);
    await expect(
      publishing().publishNow(engine.workspaceId, postId, { requestId: `again-${number}` }),
    ).rejects.toMatchObject({
      code: 'nothing_to_publish',
    });
  });

  it('a job from another process is a request like any other', async () => {
    const postId = await engine.post({ accounts: [account], inMs: hour });
    await engine.settle();
    const requestId = `job-${number}`;
    const payload = { workspaceId: engine.workspaceId, postId, requestId, publishAt: null };
    await engine.queue.add(requestPublish, payload, { id: `request-${requestId}` });
    await engine.queue.add(requestPublish, payload, { id: `request-${requestId}-again` });
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(engine.server.calls).toBe(1);
  });

  it('a job that comes much too early is put back and goes out at its time', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    const { id } = await only(postId);
    const [row] = await engine.rows('SELECT wake_no FROM publications WHERE id = $1', [id]);
    await publishing().wakePublication(engine.workspaceId, id, Number(row?.['wake_no']));
    expect(engine.server.calls).toBe(0);
    await engine.advance(minute);
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(engine.server.calls).toBe(1);
  });

  it('an edit before the call goes out with the new words; one after it is refused', async () => {
    const postId = await engine.post({ text: 'old words', accounts: [account], inMs: minute });
    await engine.settle();
    await engine.edit(postId, 'new words');
    await engine.advance(minute);
    await engine.settle();
    expect(engine.server.entries.map((entry) => entry.text)).toEqual(['new words']);
    await expect(engine.edit(postId, 'newer words')).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('an edit between claim and fence voids the old revision: only the new words go out', async () => {
    let edited = false;
    engine.behaviour.publish = async (ctx, client) => {
      if (!edited) await engine.edit(postId, 'second version');
      edited = true;
      return ctx.commit('part:0', () => client.create(ctx.account.externalId, ctx.content.text));
    };
    const postId = await engine.post({ text: 'first version', accounts: [account] });
    await engine.settle();
    await engine.advance(2 * minute);
    await engine.sweep();
    await engine.settle();
    expect(engine.server.entries.map((entry) => entry.text)).toEqual(['second version']);
    expect(await only(postId)).toMatchObject({ status: 'published' });
  });

  it('a new plan publishes only what failed', async () => {
    const other = await engine.connect(`again${number}`);
    engine.server.fates.push({ kind: 'status', status: 400 });
    const postId = await engine.post({ text: `retry ${number}`, accounts: [account, other] });
    await engine.settle();
    await publishing().publishNow(engine.workspaceId, postId, { requestId: `retry-${number}` });
    await engine.settle();
    const plan = await engine.plan(postId);
    expect(plan).toMatchObject({ status: 'published', summary: { total: 1, published: 1 } });
    expect(plan.leftOut).toHaveLength(1);
    expect(engine.server.entries).toHaveLength(2);
  });

  it('a lost queue loses nothing', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    engine.queue.wipe();
    await engine.advance(2 * minute);
    await engine.sweep();
    await engine.settle();
    expect(await only(postId)).toMatchObject({ status: 'published' });
    expect(engine.server.calls).toBe(1);
  });

  it('a plan whose own job was lost begins once, with the first of its targets', async () => {
    const accounts = [account, await engine.connect(`cmd${number}-too`)];
    const postId = await engine.post({ accounts, inMs: minute });
    await engine.settle();
    engine.queue.wipe();
    await engine.advance(2 * minute);
    const rows = await engine.rows('SELECT id, plan_id, wake_no FROM publications WHERE post_id = $1', [
      postId,
    ]);
    const planId = rows[0]?.['plan_id'];
    const begun = `SELECT (SELECT started_at IS NOT NULL FROM plans WHERE id = $1::uuid) AS started,
                          (SELECT count(*)::int FROM outbox WHERE type = 'publishing.plan-started' AND data->>'planId' = $1::text) AS told`;
    expect(await engine.rows(begun, [planId])).toEqual([{ started: false, told: 0 }]);
    for (const { id, wake_no: wakeNo } of rows)
      await publishing().wakePublication(engine.workspaceId, String(id), Number(wakeNo));
    expect(await engine.rows(begun, [planId])).toEqual([{ started: true, told: 1 }]);
    expect((await engine.plan(postId)).status).toBe('published');
  });

  it('two processes that are woken for the same publication make one call', async () => {
    const other = await Engine.start(engine);
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    const publication = await only(postId);
    await engine.advance(2 * minute);
    const [row] = await engine.rows('SELECT wake_no FROM publications WHERE id = $1', [publication.id]);
    const wakeNo = Number(row?.['wake_no']);
    await Promise.all([
      publishing().wakePublication(engine.workspaceId, publication.id, wakeNo),
      other.app.get(PublishingService).wakePublication(engine.workspaceId, publication.id, wakeNo),
    ]);
    expect(engine.server.calls).toBe(1);
    expect(await only(postId)).toMatchObject({ status: 'published' });
    await other.stop();
  });

  it('a plan whose targets finish at the same time settles exactly once', async () => {
    const accounts = await Promise.all(
      Array.from({ length: 8 }, (_, index) => engine.connect(`many${number}-${index}`)),
    );
    const postId = await engine.post({ accounts });
    await engine.settle();
    expect(await engine.plan(postId)).toMatchObject({
      status: 'published',
      settledRevision: 1,
      summary: { published: 8 },
    });
    const settled = await engine.rows(
      `SELECT count(*)::int AS events FROM outbox WHERE type = 'publishing.plan-settled' AND data ->> 'postId' = $1`,
      [postId],
    );
    expect(settled).toEqual([{ events: 1 }]);
  });

  it('nothing is open without a wake in the future, and feed numbers have no gaps', async () => {
    await engine.settle();
    const bad = await engine.rows(
      `SELECT id FROM publications WHERE state IN ('waiting', 'running', 'with_platform')
         AND (wake_at IS NULL OR wake_reason IS NULL OR wake_at < fanfare.now())`,
    );
    expect(bad).toEqual([]);
    expect(await engine.rows('SELECT type, data FROM outbox WHERE seq IS NULL')).toEqual([]);
    const feed = await engine.rows(
      'SELECT count(*)::int AS n, max(seq)::int AS last, min(seq)::int AS first FROM outbox',
    );
    expect(feed[0]?.['n']).toBe(feed[0]?.['last']);
    expect(feed[0]?.['first']).toBe(1);
    expect(await engine.rows(`SELECT listener FROM deliveries WHERE state <> 'delivered'`)).toEqual([]);
  });
});
