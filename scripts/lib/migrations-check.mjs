// Every migration goes up, comes down, and goes up again, and down leaves nothing of ours behind.
import pg from 'pg';
import { importBuilt } from './build.mjs';

const { DATABASE_MIGRATION_URL: ownerUrl, DATABASE_URL: appUrl } = process.env;
const { migrateDatabase, revertDatabase } = await importBuilt('src/common/database/migrate.js');
const { migrations } = await importBuilt('migrations/index.js');
const input = { ownerUrl, appLogin: new URL(appUrl).username, migrations };

// BullMQ's schema has migrations of its own, which only go up; the list of migrations is TypeORM's.
const LEFT = `
  select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'bullmq')
     and c.relname !~ '^(migrations|migrations_id_seq|PK_.*)$'
  union all
  select n.nspname || '.' || p.proname || '()' from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname not in ('pg_catalog', 'information_schema', 'bullmq')
     and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  union all
  select 'schema ' || nspname from pg_namespace where nspname !~ '^(pg_.*|information_schema|public|bullmq)$'
  union all
  select t.typname from pg_type t join pg_namespace n on n.oid = t.typnamespace
   where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'bullmq') and t.typtype in ('e', 'd')`;

await migrateDatabase(input);
await revertDatabase(input);
const client = new pg.Client({ connectionString: ownerUrl });
await client.connect();
const { rows } = await client.query(LEFT);
await client.end();
await migrateDatabase(input);
if (rows.length > 0) {
  console.error(`Down has left behind: ${rows.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
