import { DatabaseDoor } from '../../support/database-door.js';
import { eventually } from '../../support/eventually.js';
import { query } from '../../support/query.js';
import { KeptLog, Notes, postgresStore, Process, type Store } from './queue.fixture.js';
import { queueSuite } from './queue.suite.js';

// First, because BullMQ's last timers for a server that was away run out a few seconds after the process has ended.
describe('a process that is there before PostgreSQL', () => {
  let store: Store;
  let door: DatabaseDoor;
  let notes: Notes;
  let process: Process | null;

  beforeEach(async () => {
    store = await postgresStore();
    door = await DatabaseDoor.on(store.env['DATABASE_URL'] ?? '');
    notes = new Notes();
    process = null;
  });

  afterEach(async () => {
    await process?.stop();
    await door.close();
    await store.stop();
  });

  const throughTheDoor = (): Store => ({ ...store, env: { DATABASE_URL: door.url } });

  it('comes up by itself when it is there, and runs jobs', async () => {
    const log = new KeptLog();
    const starting = Process.start(throughTheDoor(), notes, { log });
    await eventually(() => log.entries.some((entry) => String(entry).startsWith('Unable to connect')));
    await door.open();
    process = await starting;
    await process.add('at last');
    await eventually(() => notes.texts.includes('at last'));
  });

  it('runs jobs when the first connections of its queue have failed', async () => {
    door.shut('fanfare-queue');
    await door.open();
    process = await Process.start(throughTheDoor(), notes);
    expect(door.turnedAway).toBeGreaterThan(0);
    expect(process.log.has({ msg: 'the queue is away; it is reached when it is back' })).toBe(true);
    await expect(process.add('too early')).rejects.toThrow();
    door.shut(null);
    await process.add('at last');
    await eventually(() => notes.texts.includes('at last'));
  });
});

describe('the queue on PostgreSQL', () => {
  queueSuite(postgresStore);
});

describe('the connections of the queue on PostgreSQL', () => {
  let store: Store;
  let process: Process;

  beforeAll(async () => {
    store = await postgresStore();
    process = await Process.start(store, new Notes());
  });

  afterAll(async () => {
    await process.stop();
    await store.stop();
  });

  it("are the engine's login with the role of the app, and reach no table of ours without a workspace", async () => {
    await process.add('any');
    const users = await query(
      store.database.adminUrl,
      `SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = current_database() AND application_name ~ 'queue'`,
    );
    expect(users).toEqual([{ usename: 'fanfare' }]);
    const [rights] = await query(
      store.database.adminUrl,
      `SELECT has_schema_privilege('fanfare', 'bullmq', 'USAGE') AS login,
              has_schema_privilege('fanfare_app', 'bullmq', 'USAGE') AS app,
              has_schema_privilege('fanfare_app', 'bullmq', 'CREATE') AS create,
              has_schema_privilege('fanfare_sweep', 'bullmq', 'USAGE') AS sweep`,
    );
    expect(rights).toEqual({ login: false, app: true, create: false, sweep: false });
  });

  it('are gone after the process has ended', async () => {
    const second = await Process.start(store, new Notes());
    await second.add('any');
    await second.stop();
    await process.stop();
    const left = await query(
      store.database.adminUrl,
      `SELECT application_name FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    expect(left).toEqual([]);
    process = await Process.start(store, new Notes());
  });
});
