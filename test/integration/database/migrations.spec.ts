import { readdirSync } from 'node:fs';
import path from 'node:path';
import { migrations } from '../../../migrations/index.js';
import { entities } from '../../../src/app.module.js';
import { createDataSource, migrateDatabase, revertDatabase } from '../../../src/common/database/index.js';
import { createEmptyTestDatabase, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { query } from '../../support/query.js';

const FOLDER = path.resolve(import.meta.dirname, '../../../migrations');

/** Everything of ours in a database: relations, functions, types and schemas. */
const OURS = `
  SELECT 'relation ' || c.oid::regclass AS thing FROM pg_class c
   WHERE c.relnamespace = 'public'::regnamespace AND c.oid::regclass::text !~ 'migrations|PK_'
  UNION ALL
  SELECT 'function ' || p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT 'type ' || t.typname FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace
     AND t.typname !~ 'migrations'
  UNION ALL
  SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname !~ '^(pg_.*|information_schema|public|bullmq)$'
  UNION ALL
  SELECT 'policy ' || polname FROM pg_policy`;

/** The whole schema as text, to compare two of them. */
const SHAPE = `
  SELECT table_schema || '.' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
         || coalesce(column_default, '') AS line
    FROM information_schema.columns WHERE table_schema IN ('public', 'fanfare')
  UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'fanfare')
  UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
             WHERE connamespace IN ('public'::regnamespace, 'fanfare'::regnamespace)
  UNION ALL SELECT polrelid::regclass || ' ' || polname || ' ' || polroles::regrole[]::text FROM pg_policy
  UNION ALL SELECT c.oid::regclass || ' ' || c.relacl::text FROM pg_class c
             WHERE c.relnamespace IN ('public'::regnamespace, 'fanfare'::regnamespace, 'bullmq'::regnamespace)
  ORDER BY 1`;

describe('the migrations', () => {
  let database: TestDatabase;
  const input = (appLogin = 'fanfare'): Parameters<typeof migrateDatabase>[0] => ({
    ownerUrl: database.ownerUrl,
    appLogin,
    migrations,
  });
  const applied = async (): Promise<unknown[]> =>
    (await query(database.ownerUrl, 'SELECT name FROM migrations ORDER BY id')).map(({ name }) => name);

  beforeEach(async () => {
    database = await createEmptyTestDatabase();
  });

  afterEach(() => database.drop());

  it('go up, down without leaving anything, and up again to the same schema', async () => {
    await migrateDatabase(input());
    const first = await query(database.adminUrl, SHAPE);
    await revertDatabase(input());
    expect(await query(database.adminUrl, OURS)).toEqual([]);
    expect(await applied()).toEqual([]);
    await migrateDatabase(input());
    expect(await query(database.adminUrl, SHAPE)).toEqual(first);
  });

  it('change nothing the second time', async () => {
    await migrateDatabase(input());
    const first = await applied();
    await migrateDatabase(input());
    expect(await applied()).toEqual(first);
    expect(first).toEqual(migrations.map((migration) => new migration().name));
  });

  it('are refused before anything is made when the login cannot take the roles', async () => {
    await expect(migrateDatabase(input('fanfare_owner'))).rejects.toThrow(
      'The login "fanfare_owner" cannot become fanfare_app and fanfare_sweep. Run `npm run db:roles` once',
    );
    await expect(migrateDatabase(input('nobody'))).rejects.toThrow('db:roles');
    expect(await query(database.adminUrl, OURS)).toEqual([]);
  });

  it('list every file of their folder, in the order of their names and times', () => {
    const files = readdirSync(FOLDER).filter((file) => /^\d{4}-.*\.ts$/.test(file));
    const numbers = migrations.map((migration) => /\d{4}$/.exec(migration.name)?.[0]);
    expect(numbers).toEqual(files.toSorted().map((file) => file.slice(0, 4)));
    const times = migrations.map((migration) => Number(/\d{13}$/.exec(new migration().name ?? '')?.[0]));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
  });
});

describe('the entities', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  it('say what the migrations have made', async () => {
    const dataSource = createDataSource({ url: database.ownerUrl, entities });
    await dataSource.initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map((each) => each.query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('are noticed when they say something else', async () => {
    await query(
      database.ownerUrl,
      `ALTER TABLE brands ADD COLUMN forgotten text; DROP INDEX posts_external_id;
       ALTER TABLE plans DROP CONSTRAINT plans_status`,
    );
    const dataSource = createDataSource({ url: database.ownerUrl, entities });
    await dataSource.initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      const statements = upQueries.map((each) => each.query).join('\n');
      expect(statements).toContain('forgotten');
      expect(statements).toContain('posts_external_id');
      expect(statements).toContain('plans_status');
    } finally {
      await dataSource.destroy();
    }
  });
});
