import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const TEST_FOLDER_PREFIX = 'fanfare-test-';

/**
 * A test run that was killed leaves a server and its folder behind. The next run clears them away.
 * @param {{ stopOrphan(dataDir: string): Promise<'stopped' | 'none' | 'held'> }} embedded
 */
export async function removeLeftovers({ stopOrphan }) {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(TEST_FOLDER_PREFIX)) continue;
    const folder = path.join(tmpdir(), name);
    try {
      if ((await stopOrphan(folder)) !== 'held') rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (!['EACCES', 'EPERM', 'ENOENT'].includes(error.code)) throw error; // another user's, or another run's
    }
  }
}
