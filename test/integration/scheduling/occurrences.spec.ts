import { newId } from '../../../src/common/ids/index.js';
import { UnitOfWork } from '../../../src/common/database/index.js';
import { EventRecorder } from '../../../src/common/events/index.js';
import { type Post, PostsService } from '../../../src/modules/content/index.js';
import { PostScheduled } from '../../../src/modules/content/events/index.js';
import { PlanExpedited } from '../../../src/modules/publishing/events/index.js';
import { OccurrenceSweep, SchedulingService } from '../../../src/modules/scheduling/index.js';
import { at, ContentFixture, minutes } from '../content/content.fixture.js';

describe('occurrences', () => {
  let fixture: ContentFixture;
  let second: ContentFixture;
  let scheduling: SchedulingService;
  let workspaceId: string;
  let accountId: string;

  beforeAll(async () => {
    fixture = await ContentFixture.start();
    second = await ContentFixture.start(fixture);
    scheduling = fixture.get(SchedulingService);
  });

  afterAll(async () => {
    await second.stop();
    await fixture.stop();
  });

  beforeEach(async () => {
    await fixture.rows(`UPDATE occurrences SET state = 'canceled' WHERE state = 'planned'`);
    workspaceId = await fixture.workspace();
    accountId = await fixture.account(workspaceId, 'short');
  });

  const run = <T>(fn: () => Promise<T>): Promise<T> => fixture.run(workspaceId, fn);
  const sweep = (): Promise<number> => fixture.get(OccurrenceSweep).sweepOnce();
  const due = (): Promise<unknown[]> => fixture.events(workspaceId, 'scheduling.occurrence-due');
  const planned = (): Promise<unknown[]> => fixture.events(workspaceId, 'scheduling.occurrence-planned');

  async function inMs(ms: number): Promise<Date> {
    return new Date((await fixture.now()).getTime() + ms);
  }

  async function scheduled(dueAt: Date): Promise<Post & { occurrenceId: string }> {
    const post = await fixture.create(workspaceId, { targets: [{ accountId }], schedule: at(dueAt) });
    if (post.occurrenceId === null) throw new Error('no occurrence');
    return { ...post, occurrenceId: post.occurrenceId };
  }

  async function state(occurrenceId: string): Promise<unknown> {
    const [row] = await fixture.rows('SELECT state FROM occurrences WHERE id = $1', [occurrenceId]);
    return row?.['state'];
  }

  it('are made from PostScheduled once, however often it comes', async () => {
    const dueAt = await inMs(minutes(60));
    const { id: postId, occurrenceId } = await scheduled(dueAt);
    await run(async () =>
      fixture.get(EventRecorder).record(new PostScheduled(workspaceId, { postId, occurrenceId })),
    );
    await fixture.deliver();
    expect(await planned()).toEqual([{ postId, occurrenceId, dueAt: dueAt.toISOString() }]);
    expect(await due()).toEqual([]);
    expect(await state(occurrenceId)).toBe('planned');
  });

  it('are handed over at once when the time is near', async () => {
    const { id: postId, occurrenceId, dueAt } = await scheduled(await inMs(minutes(2)));
    await fixture.deliver();
    expect(await due()).toEqual([{ postId, occurrenceId, dueAt: dueAt?.toISOString() }]);
    expect(await sweep()).toBe(0);
  });

  it('are handed over by the sweep three minutes ahead, not sooner, and only once', async () => {
    const { occurrenceId } = await scheduled(await inMs(minutes(10)));
    await fixture.deliver();
    await fixture.advance(minutes(6));
    expect(await sweep()).toBe(0);
    await fixture.advance(minutes(1.5));
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    expect(await due()).toHaveLength(1);
    expect(await state(occurrenceId)).toBe('handed_over');
  });

  it('that were missed while nobody was there go out with the next sweep, of every workspace, oldest first', async () => {
    const others = [await fixture.workspace(), await fixture.workspace()];
    for (const workspace of [workspaceId, ...others]) {
      const account = await fixture.account(workspace, 'short');
      for (const ahead of [30, 20]) {
        await fixture.create(workspace, {
          targets: [{ accountId: account }],
          schedule: at(await inMs(minutes(ahead))),
        });
      }
    }
    await fixture.deliver();
    await fixture.advance(minutes(24 * 60));
    expect(await sweep()).toBe(6);
    for (const workspace of [workspaceId, ...others]) {
      const dates = await fixture.rows(
        `SELECT data->>'dueAt' AS due FROM outbox WHERE workspace_id = $1 AND type = 'scheduling.occurrence-due' ORDER BY position`,
        [workspace],
      );
      expect(dates).toHaveLength(2);
      expect(dates.map((row) => String(row['due']))).toEqual(dates.map((row) => String(row['due'])).sort());
    }
  });

  it('are handed over once by many sweeps in two processes', async () => {
    const dueAt = await inMs(minutes(10));
    await fixture.rows(
      `INSERT INTO occurrences (workspace_id, id, post_id, state, due_at)
       SELECT $1, gen_random_uuid(), gen_random_uuid(), 'planned', $2 FROM generate_series(1, 1200)`,
      [workspaceId, dueAt],
    );
    await fixture.advance(minutes(10));
    const sweeps = [fixture, second, fixture, second].map((one) => one.get(OccurrenceSweep).sweepOnce());
    const total = (await Promise.all(sweeps)).reduce((sum, count) => sum + count, 0) + (await sweep());
    expect(total).toBe(1200);
    const [counted] = await fixture.rows(
      `SELECT count(*)::int AS events, count(DISTINCT data->>'occurrenceId')::int AS occurrences FROM outbox
        WHERE workspace_id = $1 AND type = 'scheduling.occurrence-due'`,
      [workspaceId],
    );
    expect(counted).toEqual({ events: 1200, occurrences: 1200 });
  });

  it('are read by the sweep from an index, whatever lies ahead', async () => {
    await fixture.rows(
      `INSERT INTO occurrences (workspace_id, id, post_id, state, due_at)
       SELECT $1, gen_random_uuid(), gen_random_uuid(), 'planned', fanfare.now() + n * interval '1 day'
         FROM generate_series(2, 5000) n`,
      [workspaceId],
    );
    await fixture.rows('ANALYZE occurrences');
    const plan = await fixture.get(UnitOfWork).sweep(async (manager) =>
      manager.query<{ 'QUERY PLAN': string }[]>(
        `EXPLAIN SELECT id FROM occurrences
          WHERE state = 'planned' AND due_at <= (SELECT fanfare.now()) + interval '3 minutes'
          ORDER BY due_at, id LIMIT 500 FOR UPDATE SKIP LOCKED`,
      ),
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('Index Scan using occurrences_due');
    expect(text).not.toContain('Sort');
    expect(await sweep()).toBe(0);
  });

  it('that are locked by a command are left to it', async () => {
    const { occurrenceId } = await scheduled(await inMs(minutes(10)));
    await fixture.deliver();
    await fixture.advance(minutes(9));
    const far = await inMs(minutes(60));
    await run(async () => {
      await scheduling.reschedule(occurrenceId, far);
      expect(await fixture.get(UnitOfWork).outside(sweep)).toBe(0);
    });
    expect(await sweep()).toBe(0);
    expect(await state(occurrenceId)).toBe('planned');
  });

  describe('reschedule', () => {
    it('hands over once per date', async () => {
      const { occurrenceId } = await scheduled(await inMs(minutes(1)));
      await fixture.deliver();
      const far = await inMs(minutes(60));
      expect(await run(() => scheduling.reschedule(occurrenceId, far))).toBe(true);
      expect(await sweep()).toBe(0);
      const near = await inMs(minutes(1));
      expect(await run(() => scheduling.reschedule(occurrenceId, near))).toBe(true);
      expect(await sweep()).toBe(0);
      expect(await due()).toEqual([
        expect.objectContaining({ occurrenceId }),
        expect.objectContaining({ dueAt: near.toISOString() }),
      ]);
    });

    it('of what is not made yet is read from the post when it is made', async () => {
      const { id, occurrenceId } = await scheduled(await inMs(minutes(1)));
      const far = await inMs(minutes(60));
      await run(async () => {
        await fixture.get(PostsService).schedule(id, at(far));
        expect(await scheduling.reschedule(occurrenceId, far)).toBe(false);
      });
      await fixture.deliver();
      expect(await planned()).toEqual([expect.objectContaining({ occurrenceId, dueAt: far.toISOString() })]);
      expect(await due()).toEqual([]);
    });

    it('does not wake what is canceled', async () => {
      const { id, occurrenceId } = await scheduled(await inMs(minutes(60)));
      await fixture.deliver();
      await run(() => scheduling.cancel(occurrenceId, id));
      const near = await inMs(0);
      expect(await run(() => scheduling.reschedule(occurrenceId, near))).toBe(false);
      expect(await due()).toEqual([]);
    });

    it('and the making of the occurrence end with one date, whoever is first', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { id, occurrenceId } = await scheduled(await inMs(minutes(60)));
        const moved = await inMs(minutes(120));
        await Promise.all([
          fixture.deliver(),
          run(async () => {
            await fixture.get(PostsService).schedule(id, at(moved));
            await scheduling.reschedule(occurrenceId, moved);
          }),
        ]);
        await fixture.deliver();
        const [row] = await fixture.rows('SELECT due_at FROM occurrences WHERE id = $1', [occurrenceId]);
        expect(row?.['due_at']).toEqual(moved);
      }
    });
  });

  describe('cancel', () => {
    it('ends what is planned, once', async () => {
      const { id, occurrenceId } = await scheduled(await inMs(minutes(10)));
      await fixture.deliver();
      await run(() => scheduling.cancel(occurrenceId, id));
      await run(() => scheduling.cancel(occurrenceId, id));
      await fixture.advance(minutes(20));
      expect(await sweep()).toBe(0);
      expect(await fixture.events(workspaceId, 'scheduling.occurrence-canceled')).toEqual([
        { occurrenceId, postId: id },
      ]);
    });

    it('before the occurrence is made leaves a tombstone that a late event does not lift', async () => {
      const { id, occurrenceId } = await scheduled(await inMs(minutes(1)));
      await run(() => scheduling.cancel(occurrenceId, id));
      await fixture.deliver();
      expect(await planned()).toEqual([]);
      expect(await due()).toEqual([]);
      expect(await state(occurrenceId)).toBe('canceled');
    });

    it.each(['canceled', 'deleted', 'unscheduled'])(
      'of the post alone is enough: %s before the event came',
      async (how) => {
        const { id, occurrenceId } = await scheduled(await inMs(minutes(1)));
        const posts = fixture.get(PostsService);
        await run(async () => {
          if (how === 'canceled') await posts.markCanceled(id);
          else if (how === 'deleted') await posts.delete(id);
          else await posts.unschedule(id);
        });
        await fixture.deliver();
        expect(await planned()).toEqual([]);
        expect(await state(occurrenceId)).toBeUndefined();
      },
    );

    it('and handing over end in one of the two orders', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { id, occurrenceId } = await scheduled(await inMs(minutes(10)));
        await fixture.deliver();
        await fixture.advance(minutes(10));
        await Promise.all([sweep(), run(() => scheduling.cancel(occurrenceId, id))]);
        expect(await state(occurrenceId)).toBe('canceled');
        expect(await sweep()).toBe(0);
      }
    });
  });

  it('of a plan that Publishing has moved up are not handed over any more', async () => {
    const { id: postId, occurrenceId } = await scheduled(await inMs(minutes(10)));
    await fixture.deliver();
    await run(async () =>
      fixture
        .get(EventRecorder)
        .record(new PlanExpedited(workspaceId, { planId: newId(), postId, occurrenceId })),
    );
    await fixture.deliver();
    await fixture.advance(minutes(10));
    expect(await sweep()).toBe(0);
    expect(await state(occurrenceId)).toBe('handed_over');
  });

  it("are out of another workspace's reach", async () => {
    const { id, occurrenceId } = await scheduled(await inMs(minutes(10)));
    await fixture.deliver();
    const other = await fixture.workspace();
    const near = await inMs(0);
    expect(await fixture.run(other, () => scheduling.reschedule(occurrenceId, near))).toBe(false);
    await fixture.run(other, () => scheduling.cancel(occurrenceId, id));
    expect(
      await fixture.rows('SELECT state FROM occurrences WHERE id = $1 AND workspace_id = $2', [
        occurrenceId,
        workspaceId,
      ]),
    ).toEqual([{ state: 'planned' }]);
  });

  it('resolve times by the clock of the database', async () => {
    const resolved = await run(() => scheduling.resolve({ scheduledFor: 'now' }));
    const now = await fixture.now();
    if (!resolved.ok) throw new Error('was refused');
    expect(Math.abs(resolved.dueAt.getTime() - now.getTime())).toBeLessThan(minutes(1));
  });
});
