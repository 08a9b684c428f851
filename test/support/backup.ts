import type { TestDatabase } from './database.js';
import { query } from './query.js';

/** A copy of a whole database, to be put back later: what an operator does with a dump. */
export class Backup {
  private constructor(
    private readonly database: TestDatabase,
    private readonly name: string,
    /** Just before it was made, by the database's clock. */
    readonly since: Date,
  ) {}

  /** Cuts every connection; who is connected has to be idle. */
  static async of(database: TestDatabase): Promise<Backup> {
    const [clock] = await query(database.adminUrl, 'SELECT fanfare.now() AS now');
    const backup = new Backup(database, `${database.name}_backup`, clock?.['now'] as Date);
    await backup.cut(database.name);
    await backup.administer(`create database ${backup.name} template ${database.name}`);
    return backup;
  }

  /** Everything since is forgotten; only the clock goes on. */
  async restore(): Promise<void> {
    const { name, adminUrl } = this.database;
    const [offset] = await query(adminUrl, 'SELECT milliseconds FROM fanfare.clock_offset');
    await this.cut(name);
    await this.administer(`drop database ${name} with (force)`);
    await this.administer(`create database ${name} template ${this.name}`);
    await query(adminUrl, 'UPDATE fanfare.clock_offset SET milliseconds = $1', [offset?.['milliseconds']]);
  }

  drop(): Promise<void> {
    return this.administer(`drop database if exists ${this.name} with (force)`);
  }

  private cut(name: string): Promise<void> {
    return this.administer(
      `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '${name}'`,
    );
  }

  private async administer(statement: string): Promise<void> {
    const url = new URL(this.database.adminUrl);
    url.pathname = '/postgres';
    await query(url.href, statement);
  }
}
