import pg from 'pg';

const TEMPLATE = 'fanfare_template';

/**
 * Makes the migrated database that the test files clone.
 * @param {{ superuserUrl: string, ownerUrl: string, appUrl: string }} server
 * @param {{ migrateDatabase(options: { ownerUrl: string, appLogin: string }): Promise<void> }} migrations
 */
export async function createTemplate(server, { migrateDatabase }) {
  const superuser = new pg.Client({ connectionString: server.superuserUrl });
  await superuser.connect();
  try {
    await superuser.query(`create database ${TEMPLATE} owner ${new URL(server.ownerUrl).username}`);
    const ownerUrl = new URL(server.ownerUrl);
    ownerUrl.pathname = `/${TEMPLATE}`;
    await migrateDatabase({ ownerUrl: ownerUrl.href, appLogin: new URL(server.appUrl).username });
    // Cloning needs a source that nobody is connected to.
    await superuser.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  } finally {
    await superuser.end();
  }
  return TEMPLATE;
}
