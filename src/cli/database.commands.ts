import pg from 'pg';
import { migrations } from '../../migrations/index.js';
import { entities } from '../app.module.js';
import { ensureRoles } from '../common/database/embedded/roles.js';
import { createDataSource, migrateDatabase } from '../common/database/index.js';
import { type Command, CommandError } from './command.js';
import { databaseUrls } from './database.urls.js';

/** The same lock as the start script's: of several that migrate at once, one does, and the others find nothing to do. */
const lock = `hashtext('fanfare migrations')`;

async function migrate(): Promise<readonly string[]> {
  const { app, owner, oneLogin } = databaseUrls();
  const guard = new pg.Client({ connectionString: owner.href });
  await guard.connect();
  try {
    await guard.query(`select pg_advisory_lock(${lock})`);
    await migrateDatabase({ ownerUrl: owner.href, appLogin: decodeURIComponent(app.username), migrations });
  } finally {
    await guard.end();
  }
  const warning = 'DATABASE_MIGRATION_URL is not set: the login of DATABASE_URL owns the tables.';
  return ['The schema is up to date.', ...(oneLogin ? [warning] : [])];
}

async function roles(): Promise<readonly string[]> {
  const { app, owner } = databaseUrls();
  const password = decodeURIComponent(app.password);
  const login = { name: decodeURIComponent(app.username), ...(password === '' ? {} : { password }) };
  await ensureRoles(owner.href, { app: login });
  return [`The roles are there, and ${login.name} can take their place.`];
}

/** Applies nothing: what TypeORM would change to make the database as the entities say. */
async function drift(): Promise<readonly string[]> {
  const dataSource = createDataSource({
    url: databaseUrls().owner.href,
    entities,
    applicationName: 'fanfare-drift',
  });
  await dataSource.initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    if (upQueries.length === 0) return ['The entities are as the database.'];
    const changes = upQueries.map(({ query }) => `  ${query}`);
    throw new CommandError(['The entities differ from the migrated database:', ...changes].join('\n'));
  } finally {
    await dataSource.destroy();
  }
}

export const databaseCommands: readonly Command[] = [
  {
    name: 'db roles',
    takes: '',
    does: 'Makes the roles, once per server, with a login that may.',
    run: roles,
  },
  { name: 'db migrate', takes: '', does: 'Brings the schema up to date.', run: migrate },
  { name: 'db drift', takes: '', does: 'Compares the entities with the migrated database.', run: drift },
];
