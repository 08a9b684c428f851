import { newId } from '../../../src/common/ids/index.js';
import type { QueuedJob } from '../../../src/common/queue/manual.queue.js';
import type { Priority } from '../../../src/modules/content/index.js';
import { WakeQueue } from '../../../src/modules/publishing/wake.queue.js';
import { WakeSweep } from '../../../src/modules/publishing/wake.sweep.js';
import { Engine } from '../../support/engine/engine.js';

const minute = 60_000;
const backlog = 1_000;

describe('turns', () => {
  let engine: Engine;

  beforeEach(async () => {
    engine = await Engine.start();
  });
  afterEach(() => engine.stop());

  /** Due jobs as a queue serves them: by priority, those of the same priority in the order in which they came. */
  const inTurn = (): QueuedJob[] => {
    const now = engine.clock.now().getTime();
    return engine.queue
      .pending()
      .filter((job) => job.runAt <= now)
      .toSorted((a, b) => a.priority - b.priority);
  };
  const turnOf = (id: string): number => inTurn().findIndex((job) => job.id.startsWith(id)) + 1;

  /** A thousand publications of the workspace that are long due, of one priority; their jobs were lost. */
  const overdue = async (priority: number): Promise<void> => {
    const account = await engine.connect('busy');
    const postId = await engine.post({ accounts: [account], inMs: minute });
    await engine.settle();
    engine.queue.wipe();
    await engine.advance(10 * minute);
    await engine.rows(
      `INSERT INTO publications (workspace_id, id, plan_id, post_id, target_id, account_id, platform, due_at, wake_at, wake_reason, priority)
       SELECT workspace_id, gen_random_uuid(), plan_id, post_id, gen_random_uuid(), account_id, platform, due_at,
              due_at + n * interval '1 millisecond', 'due', $2
         FROM publications, generate_series(1, $3) AS n WHERE post_id = $1`,
      [postId, priority, backlog],
    );
    await engine.rows(`UPDATE publications SET priority = $1`, [priority]);
  };

  const publicationOf = async (workspaceId: string, priority: number): Promise<string> => {
    const id = newId();
    await engine.rows(
      `WITH plan AS (
         INSERT INTO plans (workspace_id, id, post_id, due_at, success_policy, late, handed_over_at)
         VALUES ($1, gen_random_uuid(), gen_random_uuid(), fanfare.now(), 'any', '{"mode": "publish"}', fanfare.now())
         RETURNING workspace_id, id, post_id)
       INSERT INTO publications (workspace_id, id, plan_id, post_id, target_id, account_id, platform, due_at, wake_at, wake_reason, priority)
       SELECT workspace_id, $2, id, post_id, gen_random_uuid(), gen_random_uuid(), 'fake', fanfare.now(), fanfare.now(), 'due', $3
         FROM plan RETURNING id`,
      [workspaceId, id, priority],
    );
    await engine.unitOfWork.run(workspaceId, () => {
      engine.app.get(WakeQueue).publication(id, { wakeNo: 1, inMs: 0 });
      return Promise.resolve();
    });
    return id;
  };

  const sweepAll = async (): Promise<void> => {
    const sweep = engine.app.get(WakeSweep);
    while ((await sweep.sweepOnce()) > 0);
  };

  it.each([0, 1, 2])(
    'a workspace with 1,000 waiting publications of priority %i delays the single one of another by one start',
    async (priority) => {
      await overdue(priority);
      await sweepAll();
      expect(inTurn()).toHaveLength(backlog + 1);
      const other = newId();
      await engine.rows(`INSERT INTO workspaces (id, name) VALUES ($1, 'Another tenant')`, [other]);
      const single = await publicationOf(other, 2);
      expect(turnOf(single)).toBe(2);
    },
  );

  it('an urgent one overtakes what waits of its own workspace, and nobody of another', async () => {
    await overdue(2);
    await sweepAll();
    const other = newId();
    await engine.rows(`INSERT INTO workspaces (id, name) VALUES ($1, 'Another tenant')`, [other]);
    const urgent = await publicationOf(engine.workspaceId, 0);
    const normal = await publicationOf(engine.workspaceId, 1);
    const single = await publicationOf(other, 1);
    expect(turnOf(single)).toBe(2);
    expect(turnOf(urgent)).toBeLessThanOrEqual(4);
    expect(turnOf(normal)).toBeGreaterThan(turnOf(urgent));
    expect(turnOf(normal)).toBeLessThanOrEqual(6);
    const first = inTurn().filter((job) => job.priority === 1);
    expect(first).toHaveLength(2);
  });

  it.each<[Priority, number]>([
    ['urgent', 0],
    ['normal', 1],
    ['bulk', 2],
  ])("the priority of a post, %s, is its publications'", async (priority, stored) => {
    const account = await engine.connect('any');
    const postId = await engine.post({ accounts: [account], inMs: minute, policy: { priority } });
    await engine.settle();
    expect(await engine.rows('SELECT priority FROM publications WHERE post_id = $1', [postId])).toEqual([
      { priority: stored },
    ]);
  });
});
