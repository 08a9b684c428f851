import { readProcessEnv } from '../common/config/index.js';
import { CommandError } from './command.js';

export interface DatabaseUrls {
  /** What the engine connects as. */
  readonly app: URL;
  /** What owns the tables. */
  readonly owner: URL;
  /** True: one login is both. */
  readonly oneLogin: boolean;
}

/** Where the database is. Commands about the schema need none of the rest of the configuration. */
export function databaseUrls(): DatabaseUrls {
  const { DATABASE_URL: app = '', DATABASE_MIGRATION_URL: owner = '' } = readProcessEnv();
  if (app === '') throw new CommandError('DATABASE_URL is not set: this needs a database.');
  return {
    app: read('DATABASE_URL', app),
    owner: read('DATABASE_MIGRATION_URL', owner || app),
    oneLogin: owner === '',
  };
}

function read(name: string, text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new CommandError(`${name} is no URL. Write postgresql://login:password@host/database.`);
}
