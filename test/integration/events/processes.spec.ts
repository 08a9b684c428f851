import { newId } from '../../../src/common/ids/index.js';
import { eventually } from '../../support/eventually.js';
import { EventsFixture, gate, Noted, type Process, Struck } from './events.fixture.js';

describe('several processes with one outbox', () => {
  let fixture: EventsFixture;
  let one: Process;
  let other: Process;
  let workspaceId: string;

  beforeAll(async () => {
    fixture = await EventsFixture.start();
    one = await fixture.process();
    other = await fixture.process();
  });

  afterAll(() => fixture.stop());

  beforeEach(async () => {
    await fixture.reset();
    workspaceId = await fixture.workspace();
  });

  const struck = (text: string, of = workspaceId): Struck => new Struck(of, { text });

  it('deliver each event once to each listener', async () => {
    const theirs = await fixture.workspace();
    const events = Array.from({ length: 80 }, (_, index) => [
      new Noted(index % 2 === 0 ? workspaceId : theirs, { text: `n${index}` }),
      struck(`s${index}`, index % 2 === 0 ? workspaceId : theirs),
    ]).flat();
    await Promise.all(
      events.map(async (event, index) => {
        await (index % 2 === 0 ? one : other).record(event);
        if (index % 8 === 0) await Promise.all([one.relay.drain(), other.relay.drain()]);
      }),
    );
    await eventually(async () => {
      await Promise.all([one.relay.drain(), other.relay.drain()]);
      return (await fixture.deliveries()).every(({ state }) => state === 'delivered');
    });
    const heard = fixture.ears.heard.map(({ listener, text }) => `${listener} ${text}`);
    expect(heard).toHaveLength(240);
    expect(new Set(heard).size).toBe(240);
    for (const { attempts } of await fixture.deliveries()) expect(attempts).toBe(1);
  });

  it('start the events of one listener and workspace in order', async () => {
    const held = gate();
    const reached = gate();
    fixture.ears.behaviour = async (_listener, { data }) => {
      if (data.text !== '1') return;
      reached.open();
      await held.opened;
    };
    const theirs = await fixture.workspace();
    await one.record(struck('1'), struck('2'), struck('3'));
    const first = one.relay.drain();
    await reached.opened;
    await one.record(struck('4'));
    await one.record(struck('x', theirs));
    await other.relay.drain();
    expect(fixture.ears.by('alone')).toEqual(['1', 'x']);
    held.open();
    await first;
    await other.relay.drain();
    expect(fixture.ears.by('alone')).toEqual(['1', 'x', '2', '3', '4']);
  });

  it('start them in order when both hurry', async () => {
    const texts = Array.from({ length: 240 }, (_, index) => String(index + 1));
    await one.record(...texts.map((text) => struck(text)));
    await eventually(async () => {
      await Promise.all([one.relay.drain(), other.relay.drain()]);
      return fixture.ears.heard.length >= 240;
    });
    expect(fixture.ears.by('alone')).toEqual(texts);
  });

  describe('when one dies in the middle of a delivery', () => {
    /** Leaves the delivery as a killed process does: leased, its transaction gone. */
    const die = async (): Promise<void> => {
      await fixture.rows(
        `UPDATE deliveries SET attempts = attempts + 1, lease_until = fanfare.now() + interval '30 s'
          WHERE state = 'pending'`,
      );
    };

    beforeEach(async () => {
      const bystander = await fixture.process({ listeners: [] });
      await bystander.record(struck('a'));
      await bystander.relay.drain();
      await bystander.stop();
    });

    it('another delivers it once the lease has expired, not before', async () => {
      await die();
      await one.relay.drain();
      expect(fixture.ears.heard).toEqual([]);
      await fixture.advance(29);
      await one.relay.drain();
      expect(fixture.ears.heard).toEqual([]);
      await fixture.advance(2);
      await one.relay.drain();
      expect(fixture.ears.by('alone')).toEqual(['a']);
    });

    it('makes a dead letter of what every process dies of', async () => {
      for (let times = 0; times < 8; times += 1) await die();
      await fixture.advance(31);
      await one.relay.drain();
      expect(fixture.ears.heard).toEqual([]);
      const [letter] = await fixture.rows('SELECT details FROM dead_letters');
      expect(letter?.['details']).toMatchObject({
        listener: 'test.alone',
        error: expect.stringContaining('ended'),
      });
    });

    it('leaves it alone while the listener still works, however long its lease is over', async () => {
      const held = gate();
      const reached = gate();
      fixture.ears.behaviour = async () => {
        reached.open();
        await held.opened;
      };
      const slow = one.relay.drain();
      await reached.opened;
      await fixture.advance(3600);
      await other.relay.drain();
      expect(fixture.ears.by('alone')).toEqual(['a']);
      held.open();
      await slow;
      await other.relay.drain();
      expect(fixture.ears.by('alone')).toEqual(['a']);
    });
  });

  it('keep the effect single when a process wakes up after its lease went to another', async () => {
    const held = gate();
    const reached = gate();
    fixture.ears.behaviour = async (_listener, { data }) => {
      if (data.text !== '1') return;
      reached.open();
      await held.opened;
    };
    // The first holds 1 and has leased 2; its lease on 2 ends while it stands still.
    await one.record(struck('1'), struck('2'));
    const still = one.relay.drain();
    await reached.opened;
    await fixture.advance(60);
    await other.relay.drain();
    expect(fixture.ears.by('alone')).toEqual(['1', '2']);
    held.open();
    await still;
    expect(fixture.ears.by('alone')).toEqual(['1', '2']);
    expect(await fixture.deliveries()).toEqual([
      { listener: 'test.alone', seq: 1, state: 'delivered', attempts: 1 },
      { listener: 'test.alone', seq: 2, state: 'delivered', attempts: 2 },
    ]);
  });

  it('do not undo what another has delivered when they fail late', async () => {
    const held = gate();
    const reached = gate();
    let calls = 0;
    fixture.ears.behaviour = async () => {
      calls += 1;
      if (calls > 1) return;
      reached.open();
      await held.opened;
      throw new Error('late');
    };
    await one.record(struck('a'));
    const slow = one.relay.drain();
    await reached.opened;
    // The connection of the first is lost: its transaction ends, its delivery is free when the lease is over.
    await fixture.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND state = 'idle in transaction'`,
    );
    await fixture.advance(60);
    await eventually(async () => {
      await other.relay.drain();
      return fixture.ears.heard.length === 2;
    });
    held.open();
    await slow;
    expect(await fixture.deliveries()).toEqual([
      { listener: 'test.alone', seq: 1, state: 'delivered', attempts: 2 },
    ]);
    await fixture.advance(60);
    await other.relay.drain();
    expect(fixture.ears.heard).toHaveLength(2);
  });

  it('write what a listener writes exactly once, whatever fails', async () => {
    let calls = 0;
    fixture.ears.behaviour = async (_listener, { data, workspaceId: of }) => {
      calls += 1;
      const here = one.unitOfWork.isOpen ? one : other;
      await here.unitOfWork.manager.query('INSERT INTO brands (workspace_id, id, name) VALUES ($1, $2, $3)', [
        of,
        newId(),
        data.text,
      ]);
      if (calls % 3 === 0) throw new Error('every third');
    };
    const texts = Array.from({ length: 40 }, (_, index) => String(index));
    await Promise.all(texts.map((text, index) => (index % 2 === 0 ? one : other).record(struck(text))));
    await eventually(async () => {
      await Promise.all([one.relay.drain(), other.relay.drain()]);
      await fixture.advance(300);
      return (await fixture.deliveries()).filter(({ state }) => state === 'delivered').length === 40;
    });
    const rows = await fixture.rows('SELECT name FROM brands');
    expect(rows.map(({ name }) => String(name)).toSorted()).toEqual(texts.toSorted());
  });
});
