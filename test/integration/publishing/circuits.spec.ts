import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;

describe('a circuit', () => {
  let engine: Engine;
  let number = 0;
  let toldBefore: unknown;

  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    number += 1;
    Object.assign(engine.behaviour, {
      circuit: { outages: 3, windowMs: minute },
      reconcile: { settleMs: 0, absentAfterLooks: 1, holdsKey: true, clockToleranceMs: 5_000 },
      pings: false,
      publish: null,
      look: null,
      serverOf: () => '',
    });
    Object.assign(engine.server, { calls: 0, pings: 0, down: false });
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
    engine.server.listStatuses.length = 0;
    await engine.rows('TRUNCATE circuits, circuit_waits');
    const [last] = await engine.rows('SELECT coalesce(max(position), 0) AS position FROM outbox');
    toldBefore = last?.['position'];
  });

  const connect = (name: string) => engine.connect(`${name}${number}`);
  const only = async (postId: string) => {
    const [publication] = (await engine.plan(postId)).publications;
    if (publication === undefined) throw new Error('the plan has no publication');
    return publication;
  };
  const statuses = async (posts: readonly string[]) => {
    const all = [];
    for (const post of posts) all.push((await only(post)).status);
    return all;
  };
  const posted = async (account: string, count: number): Promise<string[]> => {
    const posts = [];
    for (let index = 0; index < count; index += 1) posts.push(await engine.post({ accounts: [account] }));
    await engine.settle();
    return posts;
  };
  const told = async (): Promise<unknown[]> => {
    const events = await engine.rows(
      `SELECT type, data->>'reason' AS reason FROM outbox
        WHERE type LIKE 'publishing.platform-%' AND position > $1 ORDER BY position`,
      [toldBefore],
    );
    return events;
  };
  const retries = async (posts: readonly string[]) => {
    const rows = await engine.rows('SELECT DISTINCT retries FROM publications WHERE post_id = ANY($1)', [
      posts,
    ]);
    return rows.map((row) => row['retries']);
  };
  /** As often as those that wait are woken, until nothing changes any more. */
  const untilQuiet = async (stepMs = minute): Promise<void> => {
    for (let round = 0; round < 10; round += 1) {
      await engine.advance(stepMs);
      await engine.settle();
    }
  };

  it('opens after outages without a success between, and then nobody calls any more', async () => {
    const account = await connect('open');
    for (let time = 0; time < 3; time += 1) engine.server.fates.push({ kind: 'status', status: 503 });
    const posts = await posted(account, 6);
    expect(engine.server.calls).toBe(3);
    const [, , , fourth = ''] = posts;
    expect(await only(fourth)).toMatchObject({
      status: 'queued',
      attemptCount: 0,
      waitingFor: { reason: 'platform_outage' },
    });
    expect(await engine.explain(fourth)).toMatchObject([{ code: 'circuit_open' }, { code: 'circuit' }]);
  });

  it('is not opened by refusals, nor by outages with a success between them', async () => {
    const account = await connect('fine');
    engine.server.fates.push(
      ...[400, 400, 400, 400].map((status) => ({ kind: 'status', status }) as const),
      { kind: 'status', status: 503 },
      { kind: 'status', status: 503 },
      { kind: 'headers', headers: {} },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 503 },
      { kind: 'headers', headers: {} },
    );
    await posted(account, 10);
    expect(engine.server.calls).toBe(10);
    expect(await engine.rows(`SELECT FROM circuits WHERE state = 'open'`)).toEqual([]);
  });

  it('is probed by one publication, and closing it wakes the others spread out, without a retry', async () => {
    const account = await connect('probe');
    engine.behaviour.circuit = { outages: 1, windowMs: minute };
    engine.server.down = true;
    const posts = await posted(account, 5);
    expect(engine.server.calls).toBe(1);
    await engine.advance(3_000);
    await engine.settle();
    expect(engine.server.calls).toBe(2);
    expect(await told()).toEqual([{ type: 'publishing.platform-paused', reason: 'outage' }]);

    engine.server.down = false;
    await untilQuiet();
    expect(await statuses(posts)).toEqual(posts.map(() => 'published'));
    const mine = engine.server.entries.filter((entry) => entry.account === `probe${number}`);
    expect(mine).toHaveLength(5);
    expect(await retries(posts)).toEqual([0]);
    expect(await told()).toEqual([
      { type: 'publishing.platform-paused', reason: 'outage' },
      { type: 'publishing.platform-resumed', reason: null },
    ]);
  });

  it('wakes those that wait one after the other when it closes', async () => {
    const account = await connect('spread');
    engine.behaviour.circuit = { outages: 1, windowMs: minute };
    engine.behaviour.pings = true;
    engine.server.down = true;
    const posts = await posted(account, 4);
    engine.server.down = false;
    await engine.advance(2_100);
    const wakes = async () => {
      const rows = await engine.rows(
        `SELECT wake_at FROM publications WHERE post_id = ANY($1) AND wake_reason = 'circuit' ORDER BY wake_at`,
        [posts],
      );
      return rows.map(({ wake_at: at }) => (at as Date).getTime());
    };
    const before = await wakes();
    expect(before.length).toBeGreaterThan(2);
    expect(new Set(before).size).toBe(before.length);
    await engine.settle();
    await untilQuiet();
    expect(await statuses(posts)).toEqual(posts.map(() => 'published'));
  });

  it('stays open while the harmless read fails, and no publication probes it', async () => {
    const account = await connect('read');
    engine.behaviour.circuit = { outages: 1, windowMs: minute };
    engine.behaviour.pings = true;
    engine.server.down = true;
    const posts = await posted(account, 3);
    expect(engine.server.calls).toBe(1);
    await untilQuiet(10_000);
    expect(engine.server.calls).toBe(1);
    expect(engine.server.pings).toBeGreaterThan(1);
    expect(engine.server.pings).toBeLessThan(10);
    engine.server.down = false;
    await untilQuiet();
    expect(await statuses(posts)).toEqual(['published', 'published', 'published']);
    expect(await retries(posts)).toEqual([0]);
  });

  it('of one server is no matter of the others', async () => {
    engine.behaviour.circuit = { outages: 1, windowMs: minute };
    engine.behaviour.serverOf = (account) => account.externalId;
    const [dead, alive] = [await connect('dead'), await connect('alive')];
    engine.server.fates.push({ kind: 'status', status: 503 });
    const [stopped = '', behind = ''] = await posted(dead, 2);
    const [fine = ''] = await posted(alive, 1);
    expect(await statuses([stopped, behind, fine])).toEqual(['unconfirmed', 'queued', 'published']);
  });

  it('is one for all workers', async () => {
    const account = await connect('shared');
    engine.behaviour.circuit = { outages: 1, windowMs: minute };
    engine.server.down = true;
    await posted(account, 1);
    const second = await Engine.start(engine);
    const waiting = await second.post({ accounts: [account] });
    await second.settle();
    expect(engine.server.calls).toBe(1);
    expect(await only(waiting)).toMatchObject({ status: 'queued', attemptCount: 0 });
    await second.stop();
  });

  it('that closed while a process died is seen by the sweep, which wakes who still waits', async () => {
    const account = await connect('swept');
    engine.behaviour.circuit = { outages: 1, windowMs: minute };
    engine.server.down = true;
    const posts = await posted(account, 3);
    engine.server.down = false;
    await engine.rows(`UPDATE circuits SET state = 'closed', outages = 0`);
    await engine.rows(
      `UPDATE publications SET wake_at = wake_at + interval '1 hour'
        WHERE post_id = ANY($1) AND wake_reason = 'circuit'`,
      [posts],
    );
    await engine.sweep();
    await untilQuiet();
    expect(await statuses(posts)).toEqual(['published', 'published', 'published']);
    expect(await engine.rows('SELECT FROM circuit_waits')).toEqual([]);
  });

  it('lets a post that was held meanwhile give its probe to the next', async () => {
    const account = await connect('held');
    engine.behaviour.circuit = { outages: 1, windowMs: minute };
    engine.server.down = true;
    const posts = await posted(account, 2);
    engine.server.down = false;
    const [first = ''] = posts;
    await engine.hold({ scope: 'post', subjectId: first });
    await untilQuiet();
    expect(await statuses(posts)).toEqual(['held', 'published']);
  });
});

describe('an outage where absence can never be told', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await Engine.start();
    Object.assign(engine.behaviour, {
      reconcile: { settleMs: 0, absentAfterLooks: 'never', holdsKey: false, clockToleranceMs: 0 },
      circuit: { outages: 5, windowMs: minute },
      pings: true,
      look: () => Promise.resolve({ verdict: 'cannot_tell', reason: 'There is no history.' }),
    });
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    Object.assign(engine.server, { calls: 0, pings: 0, down: false });
    engine.server.entries.length = 0;
    engine.server.fates.length = 0;
    await engine.rows('TRUNCATE circuits, circuit_waits');
  });

  const states = async (posts: readonly string[]): Promise<Record<string, number>> => {
    const rows = await engine.rows(
      'SELECT state, count(*)::int AS count FROM publications WHERE post_id = ANY($1) GROUP BY state',
      [posts],
    );
    return Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['count'])]));
  };

  it('turns a hundred posts into one question', async () => {
    const posts: string[] = [];
    for (let index = 0; index < 100; index += 1)
      posts.push(await engine.post({ accounts: [await engine.connect(`chat${index}`)] }));
    engine.server.fates.push({ kind: 'reset-after' });
    engine.behaviour.publish = async (ctx, client) => {
      const sent = ctx.commit('part:0', () => client.create(ctx.account.externalId, ctx.content.text));
      return sent.finally(() => {
        engine.server.down = true;
      });
    };
    await engine.settle();
    engine.behaviour.publish = null;
    expect(engine.server.calls).toBe(1);
    for (let round = 0; round < 5; round += 1) {
      await engine.advance(30_000);
      await engine.settle();
    }
    expect(engine.server.calls).toBe(1);
    expect(await states(posts)).toEqual({ unconfirmed: 1, waiting: 99 });

    engine.server.down = false;
    for (let round = 0; round < 4; round += 1) {
      await engine.advance(60_000);
      await engine.settle();
    }
    expect(await states(posts)).toEqual({ unconfirmed: 1, published: 99 });
    expect(engine.server.entries).toHaveLength(100);
    expect(await engine.rows('SELECT DISTINCT retries FROM publications')).toEqual([{ retries: 0 }]);
  });

  it('that began while nothing was sent turns no post into a question: a read comes first', async () => {
    engine.server.down = true;
    const posts = [];
    for (let index = 0; index < 10; index += 1)
      posts.push(await engine.post({ accounts: [await engine.connect(`quiet${index}`)] }));
    await engine.settle();
    expect(engine.server.calls).toBe(0);
    expect(engine.server.pings).toBe(1);
    expect(await states(posts)).toEqual({ waiting: 10 });
  });

  it('needs no read before a commit while the last success is fresh', async () => {
    const account = await engine.connect('fresh');
    const first = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(engine.server.pings).toBe(1);
    const second = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(engine.server.pings).toBe(1);
    await engine.advance(2 * minute);
    const third = await engine.post({ accounts: [account] });
    await engine.settle();
    expect(engine.server.pings).toBe(2);
    expect(await states([first, second, third])).toEqual({ published: 3 });
  });
});
