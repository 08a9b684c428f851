export {
  AppConfig,
  type ConfiguredRate,
  type LogLevel,
  type PlatformAppField,
  type PlatformConfig,
  type PlatformConfigSpec,
  type Role,
  type S3Config,
  type S3StorageClass,
} from './app.config.js';
export { ConfigError, type ConfigProblem } from './config.error.js';
export { ConfigModule, type ConfigModuleOptions } from './config.module.js';
export { parseConfig } from './config.parser.js';
export { configSchema, type ConfigKey } from './config.schema.js';
export { renderEnvExample } from './env-example.js';
export { type Env } from './env.reader.js';
export { ensureLocalKeys, withLocalKeys, type LocalKeys } from './local-keys.js';
export { readPlatformPackages } from './platform-packages.js';
export { programFolders, readProcessEnv } from './process-env.js';
