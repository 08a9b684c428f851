import { runMigrations } from 'bullmq';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource, type MigrationClass } from './data-source.js';

export interface MigrateInput {
  /** A login that may create tables in the database. */
  readonly ownerUrl: string;
  /** Name of the login that the application uses; must be able to take the two roles' place (`npm run db:roles`). */
  readonly appLogin: string;
  readonly migrations: readonly MigrationClass[];
}

/** Brings the database to the current schema: ours by TypeORM, the queue's by BullMQ. Safe to run at every start. */
export async function migrateDatabase(input: MigrateInput): Promise<void> {
  const dataSource = createDataSource({
    url: input.ownerUrl,
    entities: [],
    migrations: input.migrations,
    applicationName: 'fanfare-migrate',
  });
  await dataSource.initialize();
  try {
    await requireRoles(dataSource, input.appLogin);
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
  await migrateQueue(input.ownerUrl);
}

/** Takes every migration back, newest first. For tests and the drift check. */
export async function revertDatabase(input: MigrateInput): Promise<void> {
  const dataSource = createDataSource({ url: input.ownerUrl, entities: [], migrations: input.migrations });
  await dataSource.initialize();
  try {
    for (let left = input.migrations.length; left > 0; left -= 1) await dataSource.undoLastMigration();
  } finally {
    await dataSource.destroy();
  }
}

/** Before anything is changed, so that the application does not fail later at its first transaction. */
async function requireRoles(dataSource: DataSource, appLogin: string): Promise<void> {
  const missing = await dataSource.query<{ role: string }[]>(
    `SELECT role FROM unnest(ARRAY['fanfare_app', 'fanfare_sweep']) AS role
      WHERE NOT EXISTS (SELECT FROM pg_roles r JOIN pg_roles l ON l.rolname = $1
                         WHERE r.rolname = role AND pg_has_role(l.oid, r.oid, 'MEMBER'))
      ORDER BY role`,
    [appLogin],
  );
  if (missing.length === 0) return;
  const roles = missing.map(({ role }) => role).join(' and ');
  throw new Error(
    `The login "${appLogin}" cannot become ${roles}. Run \`npm run db:roles\` once, with a login that may create roles.`,
  );
}

async function migrateQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'fanfare-migrate' });
  await client.connect();
  try {
    await runMigrations(client);
    await client.query(`
      GRANT USAGE ON SCHEMA bullmq TO fanfare_app;
      GRANT ALL ON ALL TABLES IN SCHEMA bullmq TO fanfare_app;
      GRANT ALL ON ALL SEQUENCES IN SCHEMA bullmq TO fanfare_app;
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA bullmq TO fanfare_app`);
  } finally {
    await client.end();
  }
}
