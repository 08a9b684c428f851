export {
  createDataSource,
  dataSourceOptions,
  type DatabaseOptions,
  type EntityClass,
  type MigrationClass,
} from './data-source.js';
export { DatabaseModule, databaseUrlOf } from './database.module.js';
export { migrateDatabase, revertDatabase, type MigrateInput } from './migrate.js';
export { isDatabaseAway, isUniqueViolation, updatedRows } from './results.js';
export { UnitOfWork, UnitOfWorkError, type DatabaseRole, type UnitOfWorkOptions } from './unit-of-work.js';
