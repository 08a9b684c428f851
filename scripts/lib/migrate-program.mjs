// Migrates the database of DATABASE_MIGRATION_URL (or DATABASE_URL). Several may start at once: one migrates, the others
// wait for it and find nothing to do.
import pg from 'pg';
import { importBuilt } from './build.mjs';

const LOCK = `hashtext('fanfare migrations')`;

const { DATABASE_URL, DATABASE_MIGRATION_URL } = process.env;
const ownerUrl = DATABASE_MIGRATION_URL || DATABASE_URL;
if (!DATABASE_MIGRATION_URL) {
  console.warn(
    'DATABASE_MIGRATION_URL is not set: migrating with the login of DATABASE_URL, which then owns the tables.',
  );
}
const { migrateDatabase } = await importBuilt('src/common/database/migrate.js');
const { migrations } = await importBuilt('migrations/index.js');

const guard = new pg.Client({ connectionString: ownerUrl });
await guard.connect();
try {
  await guard.query(`select pg_advisory_lock(${LOCK})`);
  await migrateDatabase({
    ownerUrl,
    appLogin: decodeURIComponent(new URL(DATABASE_URL).username),
    migrations,
  });
} catch (error) {
  const hint =
    error.code === '42704' ? '. Run `npm run db:roles` once, with a login that may create roles.' : '';
  console.error(`Migrating failed: ${error.message}${hint}`);
  process.exitCode = 1;
} finally {
  await guard.end();
}
