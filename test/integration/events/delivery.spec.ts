import { type DeliveredEvent, OnDomainEvent } from '../../../src/common/events/index.js';
import { correlationId, runWithCorrelation } from '../../../src/common/logging/index.js';
import { eventually } from '../../support/eventually.js';
import {
  EventsFixture,
  FirstListener,
  gate,
  Noted,
  type NotedData,
  type Process,
  SecondListener,
  Struck,
} from './events.fixture.js';

describe('delivering events', () => {
  let fixture: EventsFixture;
  let process: Process;
  let workspaceId: string;

  beforeAll(async () => {
    fixture = await EventsFixture.start();
    process = await fixture.process();
  });

  afterAll(() => fixture.stop());

  beforeEach(async () => {
    await fixture.reset();
    workspaceId = await fixture.workspace();
  });

  const noted = (text: string, of = workspaceId): Noted => new Noted(of, { text });
  const struck = (text: string): Struck => new Struck(workspaceId, { text });

  it('calls each listener once, in a unit of work of the workspace, with the event as recorded', async () => {
    const seen: unknown[] = [];
    fixture.ears.behaviour = async (listener, event) => {
      seen.push([listener, event, process.unitOfWork.workspaceId, correlationId()]);
    };
    await runWithCorrelation('request-8', () => process.record(noted('a')));
    await process.relay.drain();
    await process.relay.drain();
    const event = {
      id: expect.any(String),
      seq: 1,
      workspaceId,
      type: 'test.noted',
      version: 2,
      data: { text: 'a' },
      occurredAt: expect.any(Date),
    };
    expect(seen).toEqual([
      ['first', event, workspaceId, 'request-8'],
      ['second', event, workspaceId, 'request-8'],
    ]);
    expect(await fixture.deliveries()).toEqual([
      { listener: 'test.first', seq: 1, state: 'delivered', attempts: 1 },
      { listener: 'test.second', seq: 1, state: 'delivered', attempts: 1 },
    ]);
  });

  it('delivers what a listener records, too', async () => {
    fixture.ears.behaviour = async (listener, { data }) => {
      if (listener === 'first') process.recorder.record(struck(`after ${data.text}`));
    };
    await process.record(noted('a'));
    await process.relay.drain();
    expect(fixture.ears.by('alone')).toEqual(['after a']);
  });

  describe('in order', () => {
    it('starts the events of a workspace by number, however many', async () => {
      const texts = Array.from({ length: 230 }, (_, index) => String(index + 1));
      await process.record(...texts.map((text) => noted(text)));
      await process.relay.drain();
      expect(fixture.ears.by('first')).toEqual(texts);
      expect(fixture.ears.by('second')).toEqual(texts);
    });

    it('never waits for a failed delivery, which comes later by itself', async () => {
      let failures = 1;
      fixture.ears.behaviour = async (listener, { data }) => {
        if (listener === 'first' && data.text === '1' && failures-- > 0) throw new Error('once');
      };
      await process.record(noted('1'), noted('2'));
      await process.relay.drain();
      await process.record(noted('3'));
      await process.relay.drain();
      await fixture.advance(2);
      await process.record(noted('4'));
      await process.relay.drain();
      expect(fixture.ears.by('first')).toEqual(['1', '2', '3', '1', '4']);
    });
  });

  describe('with processes that differ', () => {
    it('takes only deliveries whose listener the process has', async () => {
      const without = await fixture.process({ listeners: [SecondListener] });
      await without.record(noted('a'));
      await without.relay.drain();
      expect(fixture.ears.by('first')).toEqual([]);
      expect(fixture.ears.by('second')).toEqual(['a']);
      const withFirst = await fixture.process({ listeners: [FirstListener] });
      await withFirst.relay.drain();
      expect(fixture.ears.by('first')).toEqual(['a']);
    });

    it('takes none before bootstrap and none after shutdown', async () => {
      const stopped = await fixture.process({ running: true });
      await stopped.stop();
      await process.record(noted('a'));
      stopped.relay.nudge();
      expect(fixture.ears.heard).toEqual([]);
    });

    it('relays nothing in a process that serves the API only', async () => {
      const api = await fixture.process({ running: true, role: 'api' });
      await api.record(noted('a'));
      await process.record(noted('b'));
      expect(await fixture.feed(workspaceId)).toEqual([
        [null, 'a'],
        [null, 'b'],
      ]);
    });

    it('hears of events of other processes without being told', async () => {
      const running = await fixture.process({ running: true });
      await process.record(noted('a'));
      await eventually(() => fixture.ears.heard.length === 2);
      await running.stop();
      expect(fixture.ears.by('first')).toEqual(['a']);
    });
  });

  it('refuses two listeners of one name, naming both', () => {
    const declare = (): unknown => {
      class Impostor {
        @OnDomainEvent(Noted, 'test.first')
        hear(_event: DeliveredEvent<NotedData>): Promise<void> {
          return Promise.resolve();
        }
      }
      return Impostor;
    };
    expect(declare).toThrow(
      'Impostor.hear takes the listener name "test.first", which FirstListener.hear has',
    );
  });

  describe('while the relay runs', () => {
    it('nudges that come meanwhile make it look once more', async () => {
      const held = gate();
      const reached = gate();
      fixture.ears.behaviour = async (listener, { data }) => {
        if (listener !== 'alone' || data.text !== 'held') return;
        reached.open();
        await held.opened;
      };
      const running = await fixture.process({ listeners: [], role: 'api', running: true });
      process.relay.open();
      await process.record(struck('held'));
      await reached.opened;
      await Promise.all(Array.from({ length: 20 }, (_, index) => running.record(struck(`more ${index}`))));
      for (let times = 0; times < 50; times += 1) process.relay.nudge();
      expect(fixture.ears.by('alone')).toEqual(['held']);
      held.open();
      await eventually(() => fixture.ears.by('alone').length === 21);
      await process.relay.close();
      expect((await fixture.deliveries()).every(({ state }) => state === 'delivered')).toBe(true);
    });

    it('a listener that takes long keeps neither other listeners nor other workspaces waiting', async () => {
      const held = gate();
      const elsewhere = await fixture.workspace();
      fixture.ears.behaviour = async (listener, event) => {
        if (listener === 'first' && event.workspaceId === workspaceId) await held.opened;
      };
      await process.record(noted('a'), noted('b'));
      await process.record(noted('c', elsewhere), noted('d', elsewhere));
      process.relay.open();
      process.relay.nudge();
      await eventually(() => fixture.ears.heard.length === 7);
      const first = (of: string): string[] =>
        fixture.ears.heard
          .filter((each) => each.listener === 'first' && each.workspaceId === of)
          .map(({ text }) => text);
      expect([first(workspaceId), first(elsewhere)]).toEqual([['a'], ['c', 'd']]);
      held.open();
      await eventually(() => fixture.ears.heard.length === 8);
      await process.relay.close();
      expect(first(workspaceId)).toEqual(['a', 'b']);
      expect((await fixture.deliveries()).every(({ state }) => state === 'delivered')).toBe(true);
    });

    it('close waits for the delivery under way and begins no other', async () => {
      const held = gate();
      const reached = gate();
      fixture.ears.behaviour = async () => {
        reached.open();
        await held.opened;
      };
      await process.record(struck('1'), struck('2'), struck('3'));
      process.relay.open();
      process.relay.nudge();
      await reached.opened;
      let closed = false;
      const closing = process.relay.close().then(() => (closed = true));
      await fixture.rows('SELECT 1');
      expect(closed).toBe(false);
      held.open();
      await closing;
      expect(fixture.ears.by('alone')).toEqual(['1']);
      expect(
        await fixture.rows('SELECT seq::int, state, attempts, lease_until FROM deliveries ORDER BY seq'),
      ).toEqual([
        { seq: 1, state: 'delivered', attempts: 1, lease_until: null },
        { seq: 2, state: 'pending', attempts: 0, lease_until: null },
        { seq: 3, state: 'pending', attempts: 0, lease_until: null },
      ]);
      await process.relay.drain();
      expect(fixture.ears.by('alone')).toEqual(['1', '2', '3']);
    });

    it('goes on after a round that failed', async () => {
      process.relay.open();
      await fixture.rows('ALTER TABLE event_counters RENAME TO hidden');
      await process.record(struck('a'));
      process.relay.nudge();
      await process.relay.close();
      await fixture.rows('ALTER TABLE hidden RENAME TO event_counters');
      process.relay.open();
      process.relay.nudge();
      await eventually(() => fixture.ears.by('alone').length === 1);
      await process.relay.close();
    });
  });
});
