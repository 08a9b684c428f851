import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { rowsOf, type Row } from './query.js';

export interface TestDatabase {
  /** Superuser: sees past row-level security. For arranging and for looking, never for the code under test. */
  readonly adminUrl: string;
  /** Owns the tables; row-level security binds it too. */
  readonly ownerUrl: string;
  /** What the engine uses. */
  readonly appUrl: string;
  readonly name: string;
  /** As superuser, on connections that are kept: a new one for each statement would take longer than the statement. */
  rows(statements: string, parameters?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

interface TestServer {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly template: string;
}

/** A migrated database of its own, cloned from the template of this run. Call `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = testServer();
  return createDatabase(server, `template ${server.template}`);
}

/** The same without any migration: for tests of the migrations themselves. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  return createDatabase(testServer(), 'template template0');
}

async function createDatabase(server: TestServer, options: string): Promise<TestDatabase> {
  const name = `t_${process.pid.toString(36)}_${randomBytes(6).toString('hex')}`;
  const owner = new URL(server.ownerUrl).username;
  await administer(server, `create database ${name} owner ${owner} ${options}`);
  const adminUrl = onDatabase(server.superuserUrl, name);
  const kept = new pg.Pool({ connectionString: adminUrl, allowExitOnIdle: true });
  kept.on('error', () => undefined); // a test may cut every connection: the next statement makes a new one
  return {
    name,
    adminUrl,
    ownerUrl: onDatabase(server.ownerUrl, name),
    appUrl: onDatabase(server.appUrl, name),
    rows: async (statements, parameters) => rowsOf(await kept.query<Row>(statements, parameters)),
    drop: async () => {
      await kept.end();
      await administer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function administer(server: TestServer, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function testServer(): TestServer {
  const text = process.env['FANFARE_TEST_POSTGRES'];
  if (text === undefined) {
    throw new Error(
      'No test server: database tests belong to test/integration, contract, e2e or process (test/support/global-setup.mjs).',
    );
  }
  return parseTestServer(JSON.parse(text));
}

function parseTestServer(value: unknown): TestServer {
  const field = (name: string): string => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    if (typeof found !== 'string') throw new Error(`FANFARE_TEST_POSTGRES has no ${name}`);
    return found;
  };
  return {
    superuserUrl: field('superuserUrl'),
    ownerUrl: field('ownerUrl'),
    appUrl: field('appUrl'),
    template: field('template'),
  };
}
