import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { refuseStaleBuild } from '../../scripts/lib/build.mjs';
import { createTemplate } from './template.mjs';
import { startTestPostgres } from './test-postgres.mjs';

/** A folder for what test files tell each other, and one PostgreSQL per run, one migrated template in it; every test file clones that (see database.ts). */
export default async function setUp() {
  // The template comes from the built migrations; the tests themselves run from source.
  refuseStaleBuild(['migrations', 'src/common/database']);
  const server = await startTestPostgres();
  globalThis.fanfareTestPostgres = server;
  const template = await createTemplate(server).catch(async (error) => {
    await server.stop();
    throw error;
  });
  const { superuserUrl, ownerUrl, appUrl } = server;
  process.env.FANFARE_TEST_POSTGRES = JSON.stringify({ superuserUrl, ownerUrl, appUrl, template });
  process.env.FANFARE_TEST_REPORTS = mkdtempSync(path.join(tmpdir(), 'fanfare-reports-'));
}
