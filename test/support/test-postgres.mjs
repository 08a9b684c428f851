import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importBuilt } from '../../scripts/lib/build.mjs';

const FOLDER_PREFIX = 'fanfare-test-';

// Nothing here has to outlive a crash, so the server may forget what it has not written.
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
};

/**
 * A PostgreSQL of its own in a temporary folder, gone after `stop`.
 * @returns {Promise<{ superuserUrl: string, ownerUrl: string, appUrl: string, stop(): Promise<void> }>}
 */
export async function startTestPostgres() {
  const embedded = await importBuilt('src/common/database/embedded/index.js');
  await removeLeftovers(embedded);
  const dataDir = mkdtempSync(path.join(tmpdir(), FOLDER_PREFIX));
  chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another user, who must get in
  const { superuserUrl, ownerUrl, appUrl, stop } = await embedded.startEmbeddedPostgres({
    dataDir,
    log: () => undefined,
    settings: SETTINGS,
    initdbFlags: ['--no-sync'],
  });
  return {
    superuserUrl,
    ownerUrl,
    appUrl,
    stop: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A test run that was killed leaves a server and its folder behind. The next run clears them away. */
async function removeLeftovers({ stopOrphan }) {
  for (const name of readdirSync(tmpdir())) {
    const folder = path.join(tmpdir(), name);
    // Without a lock it belongs to a run that is just starting.
    if (!name.startsWith(FOLDER_PREFIX) || !existsSync(path.join(folder, 'postgres.lock'))) continue;
    try {
      if ((await stopOrphan(folder)) !== 'held') rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (!['EACCES', 'EPERM', 'ENOENT'].includes(error.code)) throw error; // another user's, or another run's
    }
  }
}
