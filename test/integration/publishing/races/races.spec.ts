import { mergePlanStatus, type SuccessPolicy } from '../../../../src/modules/publishing/plan-status.js';
import {
  isEnd,
  type PublicationState,
  publicationStates,
  transitions,
} from '../../../../src/modules/publishing/publication.states.js';
import { Engine } from '../../../support/engine/engine.js';
import { Acts } from './acts.js';
import { type Race, races, type Side } from './cases.js';
import { type Ending, letSweepsStand, standBeforeCommit, type Standing, whileStanding } from './duel.js';
import { Stage, type Subject } from './stage.js';

const endings: readonly Ending[] = ['commits', 'rolls back'];
const edge = (from: PublicationState, to: PublicationState): string => `${from} → ${to}`;

/** Each change of a publication against another one: two connections, in both orders, the first committed or rolled back. */
describe('a race between', () => {
  let engine: Engine;
  let stage: Stage;
  let acts: Acts;
  /** Every change of state that the first of a race has made. */
  const raced = new Set<string>();

  beforeAll(async () => {
    engine = await Engine.start();
    stage = new Stage(engine);
    acts = new Acts(stage);
    await letSweepsStand(engine);
  });
  afterAll(() => engine.stop());
  beforeEach(() => {
    engine.queue.wipe();
    engine.behaviour.callDeadlineMs = 60_000;
    engine.behaviour.look = null;
    engine.server.fates.length = 0;
    engine.server.entries.length = 0;
  });

  const stateOf = async ({ id }: Subject): Promise<PublicationState> =>
    (await stage.rowOf(id))['state'] as PublicationState;

  /** Does the first, and notes what it has changed, as its own transaction sees it. */
  const stand = async ({ subject, act, stand: own }: Side): Promise<Standing> => {
    if (own !== undefined) return own();
    const before = await stateOf(subject);
    return standBeforeCommit(engine, act, async () => {
      const { manager, workspaceId } = engine.unitOfWork;
      const [row] = await manager.query<{ state: PublicationState }[]>(
        'SELECT state FROM publications WHERE workspace_id = $1 AND id = $2',
        [workspaceId, subject.id],
      );
      if (row !== undefined) raced.add(edge(before, row.state));
    });
  };

  /** What has to hold after whatever happened (protocol.md §11). */
  const expectSound = async ({ id, planId }: Subject): Promise<void> => {
    const rows = await engine.rows('SELECT id, state FROM publications WHERE plan_id = $1', [planId]);
    const states = rows.map((row) => row['state'] as PublicationState);
    const [plan] = await engine.rows('SELECT * FROM plans WHERE id = $1', [planId]);
    const { status } = mergePlanStatus(states, plan?.['success_policy'] as SuccessPolicy);
    if (status === 'processing') expect(plan?.['settled_at']).toBeNull();
    else expect(plan?.['status']).toBe(status);
    const settled = await engine.rows(
      `SELECT count(*)::int AS count, count(DISTINCT data ->> 'revision')::int AS revisions FROM outbox
        WHERE type = 'publishing.plan-settled' AND data ->> 'planId' = $1`,
      [planId],
    );
    const revision = plan?.['settled_revision'];
    expect(settled).toEqual([{ count: revision, revisions: revision }]);
    const changes = await engine.rows(
      'SELECT from_state, to_state FROM transitions WHERE publication_id = $1',
      [id],
    );
    for (const { from_state: from, to_state: to } of changes) {
      if (from !== to) expect(transitions[from as PublicationState]).toContain(to);
    }
    const [row] = await engine.rows(
      `SELECT p.state, p.wake_at, (SELECT array_agg(c.state) FROM commits c WHERE c.publication_id = p.id) AS commits
         FROM publications p WHERE id = $1`,
      [id],
    );
    const state = row?.['state'] as PublicationState;
    if (!isEnd(state)) expect(row?.['wake_at']).not.toBeNull();
    for (const commit of (row?.['commits'] as string[] | null) ?? [])
      if (state === 'failed' || state === 'skipped' || state === 'canceled') expect(commit).toBe('clear');
  };

  const run = async (race: Race, first: 'a' | 'b', ending: Ending): Promise<void> => {
    const expected = race.second[first];
    if (expected === null) throw new Error('that one cannot come first');
    const staged = await race.stage(stage, acts, first);
    const [one, other] = first === 'a' ? [staged.a, staged.b] : [staged.b, staged.a];
    const standing = await stand(one);
    expect(standing.took).toBe(true);
    await staged.meanwhile?.();
    const second = other.act();
    second.catch(() => undefined);
    const came = await whileStanding(engine, second);
    expect(came).toBe(expected.passes === true ? expected[ending] : 'waits');
    await standing.end(ending);
    expect(await second).toBe(expected[ending]);
    if (ending === 'commits' && expected.commits) await staged.after?.();
    for (const { subject } of [one, other]) await expectSound(subject);
  };

  describe.each(races.map((race) => ({ name: race.name, race })))('$name', ({ race }) => {
    const orders = (['a', 'b'] as const).filter((first) => race.second[first] !== null);
    it.each(orders.flatMap((first) => endings.map((ending) => ({ first, ending }))))(
      'ends as the order says: $first comes first and $ending',
      async ({ first, ending }) => {
        await run(race, first, ending);
      },
    );
  });

  it('the making of a plan and a new time: the plan is for the new time, whoever came first', async () => {
    for (const order of ['plan', 'move'] as const) {
      const postId = await stage.written(600_000);
      const then = new Date(engine.clock.now().getTime() + 3_600_000);
      const [make, move] = [await acts.makePlan(postId), acts.move(postId, then)];
      const [one, other] = order === 'plan' ? [make, move] : [move, make];
      const standing = await standBeforeCommit(engine, one, () => Promise.resolve());
      const second = other();
      expect(await whileStanding(engine, second)).toBe('waits');
      await standing.end('commits');
      expect(await second).toBe(true);
      const { id } = await stage.onlyOf(postId);
      expect((await stage.rowOf(id))['due_at']).toEqual(then);
    }
  });

  // Last: what the races above have changed.
  it('covers every change of state that there is', () => {
    const all = publicationStates.flatMap((from) => transitions[from].map((to) => edge(from, to)));
    expect([...raced].filter((each) => all.includes(each)).toSorted()).toEqual(all.toSorted());
  });
});
