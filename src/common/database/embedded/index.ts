export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.js';
export { FolderInUseError } from './folder-lock.js';
export { APP_ROLE, ensureRoles, SWEEP_ROLE, type Login, type RoleOptions } from './roles.js';
export { findRunningEmbeddedPostgres, stopOrphan, type RunningEmbeddedPostgres } from './running-server.js';
