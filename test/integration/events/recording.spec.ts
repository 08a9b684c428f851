import { UnitOfWorkError } from '../../../src/common/database/index.js';
import { newId } from '../../../src/common/ids/index.js';
import { runWithCorrelation } from '../../../src/common/logging/index.js';
import { EventsFixture, gate, Noted, type Process, Struck, Unheard } from './events.fixture.js';

describe('recording events', () => {
  let fixture: EventsFixture;
  let process: Process;
  let other: Process;
  let workspaceId: string;

  beforeAll(async () => {
    fixture = await EventsFixture.start();
    process = await fixture.process({ listeners: [] });
    other = await fixture.process({ listeners: [] });
  });

  afterAll(() => fixture.stop());

  beforeEach(async () => {
    await fixture.reset();
    workspaceId = await fixture.workspace();
  });

  const noted = (text: string, of = workspaceId): Noted => new Noted(of, { text });

  it('is refused outside a unit of work, and in a sweep', async () => {
    expect(() => process.recorder.record(noted('lost'))).toThrow(UnitOfWorkError);
    const sweeping = process.unitOfWork.sweep(async () => process.recorder.record(noted('lost')));
    await expect(sweeping).rejects.toThrow(UnitOfWorkError);
  });

  it('is refused for another workspace', async () => {
    const crossing = process.unitOfWork.run(workspaceId, async () => {
      process.recorder.record(noted('theirs', newId()));
    });
    await expect(crossing).rejects.toThrow(UnitOfWorkError);
    expect(await fixture.rows('SELECT FROM outbox')).toEqual([]);
  });

  it('is refused once the unit of work has ended', async () => {
    const ended = gate();
    let late: Promise<unknown> = Promise.resolve();
    await process.unitOfWork.run(workspaceId, async () => {
      process.recorder.record(noted('in time'));
      late = ended.opened.then(() => process.recorder.record(noted('too late')));
    });
    ended.open();
    await expect(late).rejects.toThrow(UnitOfWorkError);
    await process.relay.drain();
    expect(await fixture.feed(workspaceId)).toEqual([[1, 'in time']]);
  });

  it('leaves nothing when the transaction fails', async () => {
    const failing = process.unitOfWork.run(workspaceId, async () => {
      process.recorder.record(noted('never'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await process.relay.drain();
    expect(await fixture.feed(workspaceId)).toEqual([]);
    await process.record(noted('first'));
    await process.relay.drain();
    expect(await fixture.feed(workspaceId)).toEqual([[1, 'first']]);
  });

  it('is the last statement of the transaction', async () => {
    await process.unitOfWork.run(workspaceId, async (manager) => {
      process.recorder.record(noted('a'));
      await manager.query('SELECT 1');
      process.recorder.record(noted('b'));
      expect(await manager.query('SELECT FROM outbox')).toEqual([]);
    });
    await process.relay.drain();
    expect(await fixture.feed(workspaceId)).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  it('keeps what a hook before the commit records, early or late', async () => {
    await process.unitOfWork.run(workspaceId, async () => {
      process.unitOfWork.beforeCommit(async () => process.recorder.record(noted('by an early hook')));
      process.recorder.record(noted('by the work'));
      process.unitOfWork.beforeCommit(async () => process.recorder.record(noted('by a late hook')));
    });
    await process.relay.drain();
    expect((await fixture.feed(workspaceId)).map(([, text]) => text).toSorted()).toEqual([
      'by a late hook',
      'by an early hook',
      'by the work',
    ]);
  });

  it('keeps type, version, data, time and correlation', async () => {
    await fixture.advance(3600);
    await runWithCorrelation('request-7', () => process.record(noted('x')));
    const [row] = await fixture.rows(
      `SELECT type, version, data, correlation_id, occurred_at > clock_timestamp() + interval '59 min' AS moved FROM outbox`,
    );
    expect(row).toEqual({
      type: 'test.noted',
      version: 2,
      data: { text: 'x' },
      correlation_id: 'request-7',
      moved: true,
    });
  });

  it('makes one delivery per listener of the program text, whoever is attached', async () => {
    await process.record(
      noted('two'),
      new Struck(workspaceId, { text: 'one' }),
      new Unheard(workspaceId, { text: '' }),
    );
    await process.relay.drain();
    expect(await fixture.deliveries()).toEqual([
      { listener: 'test.first', seq: 1, state: 'pending', attempts: 0 },
      { listener: 'test.second', seq: 1, state: 'pending', attempts: 0 },
      { listener: 'test.alone', seq: 2, state: 'pending', attempts: 0 },
    ]);
    expect(await fixture.feed(workspaceId)).toEqual([
      [1, 'two'],
      [2, 'one'],
      [3, ''],
    ]);
  });

  describe('and numbering', () => {
    it('counts each workspace by itself', async () => {
      const theirs = await fixture.workspace();
      await process.record(noted('a'), noted('b'));
      await process.record(noted('x', theirs));
      await process.relay.drain();
      await process.record(noted('c'));
      await process.record(noted('y', theirs));
      await process.relay.drain();
      expect(await fixture.feed(workspaceId)).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ]);
      expect(await fixture.feed(theirs)).toEqual([
        [1, 'x'],
        [2, 'y'],
      ]);
    });

    it('gives a transaction that inserted early and commits late a later number, and skips none', async () => {
      const inserted = gate();
      const commit = gate();
      const slow = process.unitOfWork.run(workspaceId, async () => {
        process.recorder.record(noted('slow'));
        process.unitOfWork.beforeCommit(async () => {
          inserted.open();
          await commit.opened;
        });
      });
      await inserted.opened;
      await process.record(noted('fast'));
      await process.relay.drain();
      expect(await fixture.feed(workspaceId)).toEqual([[1, 'fast']]);
      commit.open();
      await slow;
      await other.relay.drain();
      expect(await fixture.feed(workspaceId)).toEqual([
        [1, 'fast'],
        [2, 'slow'],
      ]);
      const order = await fixture.rows(`SELECT data->>'text' AS text FROM outbox ORDER BY position`);
      expect(order).toEqual([{ text: 'slow' }, { text: 'fast' }]);
    });

    it('is done by one relay at a time', async () => {
      const holding = gate();
      const release = gate();
      const holder = process.unitOfWork.sweep(async (manager) => {
        await manager.query('SELECT pg_advisory_xact_lock(7140001)');
        holding.open();
        await release.opened;
      });
      await holding.opened;
      await other.record(noted('waits'));
      await other.relay.drain();
      expect(await fixture.feed(workspaceId)).toEqual([[null, 'waits']]);
      release.open();
      await holder;
      await other.relay.drain();
      expect(await fixture.feed(workspaceId)).toEqual([[1, 'waits']]);
    });

    it('goes on when there are more events than one batch', async () => {
      const texts = Array.from({ length: 250 }, (_, index) => String(index + 1));
      await process.record(...texts.map((text) => noted(text)));
      await process.relay.drain();
      expect(await fixture.feed(workspaceId)).toEqual(texts.map((text) => [Number(text), text]));
    });

    it('leaves no gap while many record and two relays run', async () => {
      const theirs = await fixture.workspace();
      const writers = Array.from({ length: 60 }, (_, index) =>
        (index % 3 === 0 ? other : process).record(
          noted(`${index}a`, index % 2 === 0 ? workspaceId : theirs),
          noted(`${index}b`, index % 2 === 0 ? workspaceId : theirs),
        ),
      );
      const relays = Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? process : other).relay.drain(),
      );
      await Promise.all([...writers, ...relays]);
      await process.relay.drain();
      for (const each of [workspaceId, theirs]) {
        const feed = await fixture.feed(each);
        expect(feed.map(([seq]) => seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
        const firsts = feed.filter(([, text]) => text.endsWith('a'));
        for (const [seq, text] of firsts) {
          const second = feed.find(([, found]) => found === text.replace('a', 'b'));
          expect(second?.[0]).toBeGreaterThan(seq ?? Infinity);
        }
      }
    });
  });
});
