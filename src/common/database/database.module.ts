import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppConfig } from '../config/index.js';
import { dataSourceOptions, type EntityClass } from './data-source.js';
import { UnitOfWork } from './unit-of-work.js';

/** The engine's own process always gets a database; `npm start` brings the embedded one when none is configured. */
export function databaseUrlOf(config: AppConfig): string {
  if (config.databaseUrl === null)
    throw new Error('DATABASE_URL is not set; start with `npm start`, or set it.');
  return config.databaseUrl;
}

/** The connection pool and units of work. Everybody reaches tables through `UnitOfWork` only. */
@Module({})
export class DatabaseModule {
  static forRoot(entities: readonly EntityClass[]): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [AppConfig],
          useFactory: (config: AppConfig) => ({
            ...dataSourceOptions({ url: databaseUrlOf(config), entities }),
            retryAttempts: 3,
            retryDelay: 1000,
          }),
        }),
      ],
      providers: [UnitOfWork],
      exports: [UnitOfWork],
    };
  }
}
