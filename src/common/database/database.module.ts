import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppConfig } from '../config/index.js';
import { dataSourceOptions, type EntityClass } from './data-source.js';
import { isDatabaseAway } from './results.js';
import { UnitOfWork } from './unit-of-work.js';

/** The engine's own process always gets a database; `npm start` brings the embedded one when none is configured. */
export function databaseUrlOf(config: AppConfig): string {
  if (config.databaseUrl === null)
    throw new Error('DATABASE_URL is not set; start with `npm start`, or set it.');
  return config.databaseUrl;
}

export interface DatabaseModuleOptions {
  /** True: a database that is away is waited for, for a process that comes up by itself when it is back. */
  readonly waits?: boolean;
}

/** The connection pool and units of work. Everybody reaches tables through `UnitOfWork` only. */
@Module({})
export class DatabaseModule {
  static forRoot(
    entities: readonly EntityClass[],
    { waits = false }: DatabaseModuleOptions = {},
  ): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [AppConfig],
          useFactory: (config: AppConfig) => ({
            ...dataSourceOptions({
              url: databaseUrlOf(config),
              entities,
              prepared: config.preparedStatements,
            }),
            retryAttempts: waits ? Number.POSITIVE_INFINITY : 3,
            retryDelay: 1000,
            toRetry: (error: unknown) => !waits || isDatabaseAway(error),
          }),
        }),
      ],
      providers: [UnitOfWork],
      exports: [UnitOfWork],
    };
  }
}
