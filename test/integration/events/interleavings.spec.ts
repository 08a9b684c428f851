import fc from 'fast-check';
import { EventsFixture, gate, type Gate, type Process, Struck } from './events.fixture.js';

type Step =
  | { readonly kind: 'begin'; readonly workspace: number; readonly events: number }
  | { readonly kind: 'end'; readonly which: number; readonly commits: boolean }
  | { readonly kind: 'relay'; readonly process: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('begin' as const),
    workspace: fc.nat(1),
    events: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('end' as const), which: fc.nat(20), commits: fc.boolean() }),
  fc.record({ kind: fc.constant('relay' as const), process: fc.nat(1) }),
);

interface Open {
  readonly workspaceId: string;
  readonly texts: string[];
  readonly end: Gate;
  commits: boolean;
  readonly done: Promise<void>;
}

describe('any order of transactions and relays', () => {
  let fixture: EventsFixture;
  let processes: readonly [Process, Process];

  beforeAll(async () => {
    fixture = await EventsFixture.start();
    processes = [await fixture.process(), await fixture.process()];
  });

  afterAll(() => fixture.stop());

  /** A transaction that has inserted its events and waits for its end. */
  async function begin(workspaceId: string, texts: string[]): Promise<Open> {
    const inserted = gate();
    const open: Open = {
      workspaceId,
      texts,
      end: gate(),
      commits: true,
      done: processes[0].unitOfWork
        .run(workspaceId, async () => {
          for (const text of texts) processes[0].recorder.record(new Struck(workspaceId, { text }));
          processes[0].unitOfWork.beforeCommit(async () => {
            inserted.open();
            await open.end.opened;
            if (!open.commits) throw new Error('rolled back');
          });
        })
        .catch((error: unknown) => {
          if (open.commits) throw error;
        }),
    };
    await inserted.opened;
    return open;
  }

  async function play(steps: readonly Step[]): Promise<Map<string, string[]>> {
    const workspaces = [await fixture.workspace(), await fixture.workspace()] as const;
    const expected = new Map<string, string[]>(workspaces.map((id) => [id, []]));
    const open: Open[] = [];
    const end = async (transaction: Open, commits: boolean): Promise<void> => {
      transaction.commits = commits;
      transaction.end.open();
      await transaction.done;
      if (commits) expected.get(transaction.workspaceId)?.push(...transaction.texts);
    };
    let count = 0;
    for (const each of steps) {
      if (each.kind === 'begin' && open.length < 8) {
        const workspaceId = workspaces[each.workspace === 0 ? 0 : 1];
        const texts = Array.from({ length: each.events }, () => `e${(count += 1)}`);
        open.push(await begin(workspaceId, texts));
      } else if (each.kind === 'relay') {
        await processes[each.process === 0 ? 0 : 1].relay.drain();
      } else if (each.kind === 'end' && open.length > 0) {
        const [transaction] = open.splice(each.which % open.length, 1);
        if (transaction !== undefined) await end(transaction, each.commits);
      }
    }
    for (const transaction of open) await end(transaction, true);
    await Promise.all(processes.map((process) => process.relay.drain()));
    await processes[0].relay.drain();
    return expected;
  }

  it('numbers 1..n without gaps, and each event is heard once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        await fixture.reset();
        const expected = await play(steps);
        for (const [workspaceId, texts] of expected) {
          const feed = await fixture.feed(workspaceId);
          expect(feed.map(([seq]) => seq)).toEqual(texts.map((_, index) => index + 1));
          expect(feed.map(([, text]) => text).toSorted()).toEqual(texts.toSorted());
          const heard = fixture.ears.heard.filter((each) => each.workspaceId === workspaceId);
          expect(heard.map(({ seq, text }) => [seq, text])).toEqual(feed);
        }
      }),
      { numRuns: 25 },
    );
  });
});
