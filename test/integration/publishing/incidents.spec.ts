import { newId } from '../../../src/common/ids/index.js';
import { JobDispatcher } from '../../../src/common/queue/index.js';
import { type ExplainedTarget, ExplainReader, type Reason } from '../../../src/modules/publishing/index.js';
import { PublishError } from '../../../src/platforms/core/index.js';
import { ProcessBeat } from '../../../src/modules/publishing/process.beat.js';
import { WallClockGuard } from '../../../src/modules/publishing/wall-clock.guard.js';
import { EventRelay } from '../../../src/common/events/index.js';
import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;

/** The first line of `explain`, for incidents as they happen. */
describe('the first line of explain names the cause when', () => {
  let engine: Engine;
  let account: string;
  let number = 0;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    account = await engine.connect(`incident${number}`);
    await engine.rows('DELETE FROM processes');
    await present('all');
    await steadyClock();
    engine.queue.wipe();
    engine.behaviour.publish = null;
    engine.behaviour.look = null;
    engine.behaviour.callDeadlineMs = 2_000;
    engine.behaviour.reconcile = {
      settleMs: 60_000,
      absentAfterLooks: 2,
      holdsKey: false,
      clockToleranceMs: 5_000,
    };
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
  });

  const present = (role: 'all' | 'worker' | 'scheduler'): Promise<void> =>
    engine.app.get(ProcessBeat).beat(role);
  /** Two looks at the same moment: whatever was seen before, the clock has not jumped since. */
  const steadyClock = async (): Promise<void> => {
    const [clock] = await engine.rows('SELECT fanfare.now() AS now');
    const now = clock?.['now'] as Date;
    engine.app.get(WallClockGuard).look(now);
    engine.app.get(WallClockGuard).look(now);
  };
  /** Another process than this one's. */
  const onlyPresent = async (role: 'worker' | 'scheduler'): Promise<void> => {
    await engine.rows('DELETE FROM processes');
    await engine.rows('INSERT INTO processes (id, role) VALUES ($1, $2)', [newId(), role]);
  };
  const explain = async (postId: string): Promise<ExplainedTarget> => {
    const [target] = await engine.unitOfWork.run(engine.workspaceId, () =>
      engine.app.get(ExplainReader).ofPost(postId),
    );
    if (target === undefined) throw new Error('nothing is explained');
    return target;
  };
  const cause = async (postId: string): Promise<Reason> => {
    const [first] = (await explain(postId)).reasons;
    if (first === undefined) throw new Error('there is no cause');
    return first;
  };
  const inMs = (reason: Reason): number =>
    Math.round((reason.until?.getTime() ?? Number.NaN) - engine.clock.now().getTime());
  const post = (): Promise<string> => engine.post({ accounts: [account] });
  const settled = async (): Promise<string> => {
    const postId = await post();
    await engine.settle();
    return postId;
  };
  const status = (code: number, headers?: Record<string, string>) => ({
    kind: 'status' as const,
    status: code,
    ...(headers === undefined ? {} : { headers }),
  });

  it('the token was revoked', async () => {
    engine.server.fates.push(status(401), status(401));
    const postId = await settled();
    expect(await cause(postId)).toMatchObject({ code: 'fake.status_401', remedy: expect.any(String) });
  });

  it('the account was disconnected', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    await engine.rows(`UPDATE accounts SET state = 'disconnected' WHERE id = $1`, [account]);
    await engine.advance(minute);
    expect(await cause(postId)).toMatchObject({
      code: 'account_disconnected',
      remedy: 'Connect the account again.',
    });
  });

  it('the platform asks us to wait, and until when', async () => {
    engine.server.fates.push(status(429, { 'retry-after': '600' }));
    const reason = await cause(await settled());
    expect(reason).toMatchObject({
      code: 'limit_reached',
      message: 'The platform has asked this account to pause.',
    });
    expect(inMs(reason)).toBeGreaterThan(8 * minute);
  });

  it('what the platform takes of the account in a time is used up', async () => {
    engine.behaviour.pacing = { rates: [{ name: 'posts', per: 'account', max: 1, periodMs: 60 * minute }] };
    await settled();
    const reason = await cause(await settled());
    engine.behaviour.pacing = null;
    expect(reason).toMatchObject({ code: 'limit_reached', message: expect.stringMatching(/used up/) });
    expect(inMs(reason)).toBeGreaterThan(30 * minute);
  });

  it('the platform is down for everybody', async () => {
    const { circuit } = engine.behaviour;
    engine.behaviour.circuit = { outages: 2, windowMs: 10 * minute };
    engine.server.fates.push(status(503), status(503));
    await settled();
    await settled();
    const reason = await cause(await settled());
    engine.behaviour.circuit = circuit;
    await engine.rows('TRUNCATE circuits, circuit_waits');
    expect(reason).toMatchObject({ code: 'circuit_open' });
    expect(reason.until).not.toBeNull();
  });

  it('the workspace has switched the platform off', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    await engine.switchPlatform('fake', false);
    await engine.advance(minute);
    expect(await cause(postId)).toMatchObject({
      code: 'platform_disabled',
      remedy: 'Switch the platform on.',
    });
    await engine.settle();
    expect(await cause(postId)).toMatchObject({
      code: 'platform_disabled',
      message: 'It was passed over, because the platform was switched off for this workspace.',
    });
    await engine.switchPlatform('fake', true);
  });

  it('whoever runs the server has switched the platform off', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    await engine.switchPlatform('fake', false, { scope: 'instance', whenDue: 'wait' });
    await engine.advance(minute);
    await engine.settle();
    expect(await cause(postId)).toMatchObject({
      code: 'platform_disabled',
      message: 'The platform is switched off for everybody on this server: what is due there waits.',
      remedy: 'Ask whoever runs this server to switch it on.',
    });
    await engine.switchPlatform('fake', true, { scope: 'instance' });
  });

  it.each(['post', 'account', 'workspace'] as const)('the %s is on hold', async (scope) => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    const subjectId = { post: postId, account, workspace: engine.workspaceId }[scope];
    await engine.hold({ scope, subjectId });
    await engine.advance(minute);
    expect(await cause(postId)).toMatchObject({
      code: 'held',
      message: `The ${scope} is on hold: nothing of it goes out.`,
      remedy: 'Resume it.',
    });
    await engine.resume({ scope, subjectId });
  });

  it('it is too late, and nobody is asked', async () => {
    const postId = await late('skip');
    expect(await cause(postId)).toMatchObject({
      code: 'too_late',
      message: 'It was passed over, because it was later than the post allows.',
    });
  });

  it('it is too late, and somebody is asked', async () => {
    const postId = await late('ask');
    expect(await cause(postId)).toMatchObject({
      code: 'too_late',
      remedy: 'Say whether to send it now, at another time or not at all: POST /api/v1/posts/{id}/late.',
    });
  });

  async function late(mode: 'skip' | 'ask'): Promise<string> {
    const policy = { late: { mode, notAfterMinutes: 5 } };
    const postId = await engine.post({ accounts: [account], inMs: minute, policy });
    await engine.settle();
    engine.queue.wipe();
    await engine.advance(10 * minute);
    await engine.sweep();
    await engine.settle();
    return postId;
  }

  it('no worker is there', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.app.get(EventRelay).drain();
    await engine.advance(6 * minute);
    await onlyPresent('scheduler');
    expect(await cause(postId)).toMatchObject({ code: 'no_worker', remedy: 'Start a worker.' });
    await present('all');
    expect(await cause(postId)).toMatchObject({ code: 'busy' });
  });

  it('the last worker has given no sign of life for a while', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.app.get(EventRelay).drain();
    await present('all');
    await engine.advance(6 * minute);
    expect(await cause(postId)).toMatchObject({ code: 'no_worker' });
  });

  it('the scheduler is gone and nothing is handed over', async () => {
    const postId = await engine.post({ accounts: [account], inMs: 10 * minute });
    await engine.app.get(EventRelay).drain();
    await engine.advance(16 * minute);
    await onlyPresent('worker');
    expect(await cause(postId)).toMatchObject({ code: 'no_scheduler', remedy: 'Start a scheduler.' });
    await onlyPresent('scheduler');
    expect(await cause(postId)).toMatchObject({ code: 'not_handed_over' });
  });

  it('the worker died in the middle', async () => {
    const postId = await post();
    await engine.app.get(EventRelay).drain();
    await engine.rows(
      `UPDATE publications SET state = 'running', lease_token = $2, wake_reason = 'lease',
              lease_until = fanfare.now() + interval '10 minutes', wake_at = fanfare.now() + interval '10 minutes'
        WHERE post_id = $1`,
      [postId, newId()],
    );
    const alive = await cause(postId);
    expect(alive.code).toBe('in_progress');
    expect(inMs(alive)).toBeGreaterThan(5 * minute);
    await engine.rows('DELETE FROM processes');
    expect(await cause(postId)).toMatchObject({ code: 'worker_gone', remedy: 'Start a worker.' });
    await engine.advance(15 * minute);
    await present('all');
    expect(await cause(postId)).toMatchObject({
      code: 'worker_gone',
      message: 'The worker that had it has gone silent; another one takes it over.',
    });
  });

  it('the clock jumped', async () => {
    const guard = engine.app.get(WallClockGuard);
    guard.look(engine.clock.now());
    guard.look(new Date(engine.clock.now().getTime() + 60 * minute));
    const postId = await settled();
    expect(await cause(postId)).toMatchObject({
      code: 'clock_jumped',
      remedy: 'Check the time service of the machine.',
    });
    await steadyClock();
    // The process that is asked need not be the one that saw it.
    expect(await cause(postId)).toMatchObject({ code: 'clock_jump' });
  });

  it('the platform is still working on it, and when it is looked at next', async () => {
    engine.behaviour.publish = async (ctx) => {
      const wait = { delaysMs: [5 * minute], giveUpAfterMs: 60 * minute };
      await ctx.waitFor('ready', () => Promise.resolve({ ready: false }), wait);
      throw new Error('it is never ready');
    };
    const reason = await cause(await settled());
    expect(reason.code).toBe('look');
    expect(inMs(reason)).toBeGreaterThan(3 * minute);
  });

  it('the answer was lost, and from when on it counts that it is not there', async () => {
    engine.server.fates.push({ kind: 'reset-before' });
    const reason = await cause(await settled());
    expect(reason).toMatchObject({
      code: 'reconcile',
      message: expect.stringMatching(
        /^The answer of the platform was lost; .* counts from \d{4}-[\dT:.-]+Z on; until then it is not sent again\.$/,
      ),
    });
    expect(reason.until).not.toBeNull();
  });

  it('only a person can tell', async () => {
    engine.behaviour.reconcile = {
      settleMs: 0,
      absentAfterLooks: 'never',
      holdsKey: false,
      clockToleranceMs: 0,
    };
    engine.behaviour.look = () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' });
    engine.server.fates.push({ kind: 'reset-after' });
    const postId = await settled();
    await engine.advance(2_000);
    await engine.settle();
    expect(await cause(postId)).toMatchObject({
      code: 'fake.outcome_unknown',
      message: expect.stringContaining('There is no history.'),
      remedy: expect.stringContaining('resolve'),
    });
  });

  it('it is tried again, which time and why', async () => {
    const down = { kind: 'transient', code: 'fake.down', message: 'It is down.', remedy: 'Wait.' } as const;
    engine.behaviour.publish = () => Promise.reject(new PublishError(down));
    const reason = await cause(await settled());
    expect(reason).toMatchObject({
      code: 'retry',
      message: 'The last try failed, and it is tried again (retry 1 of 3). It is down.',
    });
    expect(inMs(reason)).toBeGreaterThan(0);
  });

  it('the platform refused the content', async () => {
    engine.server.fates.push(status(400));
    expect(await cause(await settled())).toMatchObject({
      code: 'fake.status_400',
      message: 'The fake platform said 400.',
    });
  });

  it('the queue was wiped', async () => {
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.app.get(EventRelay).drain();
    engine.queue.wipe();
    await engine.advance(6 * minute);
    await present('all');
    expect(await cause(postId)).toMatchObject({ code: 'busy' });
    // The sweep repairs it, and the explanation follows.
    await engine.sweep();
    await engine.queue.runDue(engine.app.get(JobDispatcher));
    expect(await cause(postId)).toMatchObject({ code: 'published' });
  });

  it('it waits behind another one with the same words', async () => {
    engine.server.fates.push({ kind: 'reset-after' });
    await engine.post({ text: 'Same words', accounts: [account] });
    await engine.settle();
    const second = await engine.post({ text: 'Same words', accounts: [account] });
    await engine.settle();
    const reason = await cause(second);
    expect(reason.code).toBe('same_content_open');
    expect(reason.until).not.toBeNull();
  });

  it('a part of the thread is missing', async () => {
    engine.server.fates.push(
      { kind: 'hold', until: Promise.resolve(), reached: () => undefined },
      status(400),
    );
    const postId = await engine.post({ text: 'one', thread: ['two'], accounts: [account] });
    await engine.settle();
    expect(await cause(postId)).toMatchObject({
      code: 'incomplete',
      message: expect.stringMatching(/^It is live, but not all of it\. .*The fake platform said 400\./),
      remedy: expect.stringContaining('retry'),
    });
  });

  it('it is live already', async () => {
    expect(await cause(await settled())).toMatchObject({
      code: 'published',
      message: `It is live: https://fake.example/f1-incident${number}.`,
    });
  });
});
