import pg from 'pg';
import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';
import { PreparingClient } from './preparing.client.js';

export type EntityClass = (new () => object) | EntitySchema;
export type MigrationClass = new () => MigrationInterface;

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: readonly EntityClass[];
  readonly migrations?: readonly MigrationClass[];
  /** Most connections of this process, besides the queue's. */
  readonly poolSize?: number;
  readonly applicationName?: string;
  /** False: every statement is parsed each time, as a pooler in front of PostgreSQL may need it. */
  readonly prepared?: boolean;
}

/** TypeORM options that hold everywhere: the schema is never synchronized, only migrated. */
export function dataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    entities: [...options.entities],
    migrations: [...(options.migrations ?? [])],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    extra: {
      Client: options.prepared === false ? pg.Client : PreparingClient,
      max: options.poolSize ?? 20,
      application_name: options.applicationName ?? 'fanfare',
      connectionTimeoutMillis: 30_000,
    },
  };
}

export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource(dataSourceOptions(options));
}
