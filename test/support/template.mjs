import pg from 'pg';
import { importBuilt } from '../../scripts/lib/build.mjs';

const TEMPLATE = 'fanfare_template';

/**
 * Makes the migrated database that the test files clone.
 * @param {{ superuserUrl: string, ownerUrl: string, appUrl: string }} server
 */
export async function createTemplate(server) {
  const { migrateDatabase } = await importBuilt('src/common/database/migrate.js');
  const { migrations } = await importBuilt('migrations/index.js');
  const superuser = new pg.Client({ connectionString: server.superuserUrl });
  await superuser.connect();
  try {
    await superuser.query(`create database ${TEMPLATE} owner ${new URL(server.ownerUrl).username}`);
    const ownerUrl = new URL(server.ownerUrl);
    ownerUrl.pathname = `/${TEMPLATE}`;
    const appLogin = new URL(server.appUrl).username;
    await migrateDatabase({ ownerUrl: ownerUrl.href, appLogin, migrations });
    // Cloning needs a source that nobody is connected to.
    await superuser.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  } finally {
    await superuser.end();
  }
  return TEMPLATE;
}
