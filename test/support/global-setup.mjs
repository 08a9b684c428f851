import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importBuilt, refuseStaleBuild } from '../../scripts/lib/build.mjs';
import { createTemplate } from './template.mjs';
import { removeLeftovers, TEST_FOLDER_PREFIX } from './leftovers.mjs';

// Nothing here has to outlive a crash, so the server may forget what it has not written.
const TEST_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  max_wal_size: '512MB',
  autovacuum_naptime: '20s',
};

/** One PostgreSQL per run, one migrated template in it; every test file clones that (see database.ts). */
export default async function setUp() {
  refuseStaleBuild();
  const embedded = await importBuilt('src/common/database/embedded/index.js');
  await removeLeftovers(embedded);

  const dataDir = mkdtempSync(path.join(tmpdir(), TEST_FOLDER_PREFIX));
  chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another user, who must get in
  const lines = [];
  const server = await embedded.startEmbeddedPostgres({
    dataDir,
    log: (line) => lines.push(line),
    settings: TEST_SETTINGS,
    initdbFlags: ['--no-sync'],
  });
  globalThis.fanfareTestPostgres = { server, dataDir };

  const template = await createTemplate(server, await importBuilt('src/common/database/migrate.js'));
  process.env.FANFARE_TEST_POSTGRES = JSON.stringify({
    superuserUrl: server.superuserUrl,
    ownerUrl: server.ownerUrl,
    appUrl: server.appUrl,
    template,
  });
}
