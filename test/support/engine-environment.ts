import { childEnvironment } from './child-environment.js';
import type { TestDatabase } from './database.js';

/** For a process of the engine that a test starts on its database, with keys that mean nothing. */
export function engineEnvironment(
  database: Pick<TestDatabase, 'appUrl' | 'ownerUrl'>,
  own: { readonly FANFARE_DATA_DIR: string; readonly [name: string]: string },
): Record<string, string> {
  return childEnvironment({
    DATABASE_URL: database.appUrl,
    DATABASE_MIGRATION_URL: database.ownerUrl,
    FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    FANFARE_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'),
    ...own,
  });
}
