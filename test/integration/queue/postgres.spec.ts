import { query } from '../../support/query.js';
import { Notes, postgresStore, Process, type Store } from './queue.fixture.js';
import { queueSuite } from './queue.suite.js';

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
