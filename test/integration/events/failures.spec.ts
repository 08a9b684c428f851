import { newId } from '../../../src/common/ids/index.js';
import { EventsFixture, Noted, type Process, Struck } from './events.fixture.js';

describe('when a listener fails, the relay', () => {
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

  const noted = (text: string): Noted => new Noted(workspaceId, { text });
  const struck = (text: string): Struck => new Struck(workspaceId, { text });
  const addBrand = async (name: string): Promise<void> => {
    await process.unitOfWork.manager.query(
      'INSERT INTO brands (workspace_id, id, name) VALUES ($1, $2, $3)',
      [process.unitOfWork.workspaceId, newId(), name],
    );
  };
  const brands = async (): Promise<unknown[]> =>
    (await fixture.rows('SELECT name FROM brands ORDER BY name')).map(({ name }) => name);

  it('keeps nothing of what it wrote and recorded, and delivers again', async () => {
    let failures = 1;
    fixture.ears.behaviour = async (listener, { data }) => {
      if (listener !== 'first') return;
      await addBrand(data.text);
      process.recorder.record(struck(data.text));
      if (failures-- > 0) throw new Error('after writing');
    };
    await process.record(noted('a'));
    await process.relay.drain();
    expect(await brands()).toEqual([]);
    expect(fixture.ears.by('alone')).toEqual([]);
    expect(await fixture.deliveries()).toContainEqual({
      listener: 'test.first',
      seq: 1,
      state: 'pending',
      attempts: 1,
    });
    await fixture.advance(2);
    await process.relay.drain();
    expect(await brands()).toEqual(['a']);
    expect(fixture.ears.by('alone')).toEqual(['a']);
  });

  it('fails it when it swallowed the error of a statement', async () => {
    fixture.ears.behaviour = async (listener) => {
      if (listener === 'first') await process.unitOfWork.manager.query('SELECT 1/0').catch(() => 'swallowed');
    };
    await process.record(noted('a'));
    await process.relay.drain();
    const [row] = await fixture.rows(
      `SELECT state, last_error FROM deliveries WHERE listener = 'test.first'`,
    );
    expect(row).toEqual({ state: 'pending', last_error: expect.stringContaining('swallowed') });
  });

  it('goes on with its siblings and with later events', async () => {
    fixture.ears.behaviour = async (listener, { data }) => {
      if (listener === 'first' && data.text === 'poison') throw new Error('poisoned');
    };
    await process.record(noted('poison'), noted('next'));
    await process.relay.drain();
    expect(fixture.ears.by('second')).toEqual(['poison', 'next']);
    expect(fixture.ears.by('first')).toEqual(['poison', 'next']);
  });

  it('stores an error that no text column takes', async () => {
    fixture.ears.behaviour = async (listener) => {
      if (listener === 'first') throw new Error(`a\0b${'x'.repeat(5000)}`);
    };
    await process.record(noted('a'), noted('b'));
    await process.relay.drain();
    expect(fixture.ears.by('second')).toEqual(['a', 'b']);
    const [row] = await fixture.rows(`SELECT last_error FROM deliveries WHERE listener = 'test.first'`);
    const { last_error: stored } = row ?? {};
    expect(String(stored).slice(0, 12)).toBe('Error: abxxx');
    expect(String(stored)).toHaveLength(2000);
  });

  it('waits longer each time, and after the last retry makes a dead letter', async () => {
    fixture.ears.behaviour = async (listener) => {
      if (listener === 'first') throw new Error('always');
    };
    await process.record(noted('a'));
    await process.relay.drain();
    for (const [index, seconds] of [1, 5, 15, 60, 300, 900, 3600].entries()) {
      expect(fixture.ears.by('first')).toHaveLength(index + 1);
      const [row] = await fixture.rows(
        `SELECT round(extract(epoch FROM next_attempt_at - fanfare.now()) + 0.4) AS wait, lease_until
           FROM deliveries WHERE listener = 'test.first'`,
      );
      expect(row?.['lease_until']).toBeNull();
      expect(Number(row?.['wait'])).toBeLessThanOrEqual(seconds);
      await fixture.advance(seconds);
      await process.relay.drain();
    }
    expect(fixture.ears.by('first')).toHaveLength(8);
    await fixture.advance(86_400);
    await process.relay.drain();
    expect(fixture.ears.by('first')).toHaveLength(8);
    const [{ id } = {}] = await fixture.rows('SELECT id FROM outbox');
    expect(
      await fixture.rows('SELECT workspace_id, kind, subject_id, reason, details FROM dead_letters'),
    ).toEqual([
      {
        workspace_id: workspaceId,
        kind: 'delivery',
        subject_id: `${String(id)}/test.first`,
        reason: 'listener-failed',
        details: { listener: 'test.first', type: 'test.noted', seq: 1, error: 'Error: always' },
      },
    ]);
    expect(await fixture.deliveries()).toContainEqual({
      listener: 'test.first',
      seq: 1,
      state: 'dead',
      attempts: 8,
    });
  });

  it('does not try before the time', async () => {
    fixture.ears.behaviour = async (listener) => {
      if (listener === 'first') throw new Error('always');
    };
    await process.record(noted('a'));
    await process.relay.drain();
    await fixture.advance(-10); // however long the test itself takes
    await process.relay.drain();
    expect(fixture.ears.by('first')).toHaveLength(1);
  });
});
