import { type AppConfig, type MediaConfig, type PlatformConfigSpec, type S3Config } from './app.config.js';
import { ConfigError } from './config.error.js';
import { configSchema } from './config.schema.js';
import { type Env, EnvReader } from './env.reader.js';
import { listPlatformKeys, platformKeys, readPlatform } from './platform-keys.js';
import { unknownKeys } from './unknown-keys.js';

/**
 * Parses the environment, once.
 * @throws ConfigError with every problem at once.
 */
export function parseConfig(env: Env, specs: readonly PlatformConfigSpec[] = []): AppConfig {
  const reader = new EnvReader(env);
  const general = readGeneral(reader);
  const database = readDatabase(reader, general.role);
  const keys = readKeys(reader);
  const s3 = readS3(reader);
  const media = readMedia(reader);
  const platforms = readPlatforms(reader, specs);
  const problems = [...reader.problems, ...unknownKeys(env, knownKeys(specs))];
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({ ...general, ...database, ...keys, s3, media, ...platforms });
}

const mebibyte = 1024 * 1024;
const day = 24 * 60 * 60 * 1000;

type General = Omit<AppConfig, 's3' | 'media' | 'platform' | 'hasPlatform' | keyof Database | keyof Keys>;
type Database = Pick<AppConfig, 'databaseUrl' | 'databaseMigrationUrl'>;
type Keys = Pick<AppConfig, 'encryptionKeys' | 'signingKey'>;

function readGeneral(reader: EnvReader): General {
  return {
    role: reader.read(configSchema.role),
    preparedStatements: reader.read(configSchema.preparedStatements),
    redisUrl: reader.read(configSchema.redisUrl),
    host: reader.read(configSchema.host),
    port: reader.read(configSchema.port),
    publicUrl: reader.read(configSchema.publicUrl),
    trustProxy: reader.read(configSchema.trustProxy),
    logLevel: reader.read(configSchema.logLevel),
    sandbox: reader.read(configSchema.sandbox),
    dataDir: reader.read(configSchema.dataDir),
    allowAddresses: Object.freeze([...reader.read(configSchema.allowAddresses)]),
    workerConcurrency: reader.read(configSchema.workerConcurrency),
    renditionConcurrency: reader.read(configSchema.renditionConcurrency),
  };
}

function readDatabase(reader: EnvReader, role: AppConfig['role']): Database {
  const { key } = configSchema.databaseUrl;
  const databaseUrl = reader.read(configSchema.databaseUrl);
  const migrationUrl = reader.read(configSchema.databaseMigrationUrl);
  if (!reader.has(key) && migrationUrl !== null) {
    reader.report(
      key,
      `is needed when ${configSchema.databaseMigrationUrl.key} is set`,
      'Set both or neither',
    );
  }
  if (!reader.has(key) && role !== 'all') {
    reader.report(
      key,
      `is needed when ${configSchema.role.key} is ${role}`,
      'Set it to a database that all processes reach',
    );
  }
  return { databaseUrl, databaseMigrationUrl: migrationUrl ?? databaseUrl };
}

function readKeys(reader: EnvReader): Keys {
  const required = (name: 'encryptionKeys' | 'signingKey'): string => {
    const key = configSchema[name];
    const value = reader.read(key);
    if (!reader.has(key.key)) {
      reader.report(key.key, 'is not set', 'Set the same value for every process, and keep a copy of it');
    }
    return value ?? '';
  };
  return { encryptionKeys: required('encryptionKeys'), signingKey: required('signingKey') };
}

function readS3(reader: EnvReader): S3Config | null {
  const { s3Endpoint, s3Bucket, s3Region, s3AccessKeyId, s3SecretAccessKey, s3Prefix } = configSchema;
  const all = [s3Endpoint, s3Bucket, s3Region, s3AccessKeyId, s3SecretAccessKey, s3Prefix];
  const config = {
    endpoint: reader.read(s3Endpoint),
    bucket: reader.read(s3Bucket) ?? '',
    region: reader.read(s3Region),
    accessKeyId: reader.read(s3AccessKeyId) ?? '',
    secretAccessKey: reader.read(s3SecretAccessKey) ?? '',
    prefix: reader.read(s3Prefix),
  };
  if (!all.some(({ key }) => reader.has(key))) return null;
  for (const { key } of [s3Bucket, s3AccessKeyId, s3SecretAccessKey]) {
    if (!reader.has(key))
      reader.report(key, 'is not set while other S3_ variables are', 'Set it, or none of them');
  }
  return Object.freeze(config);
}

function readMedia(reader: EnvReader): MediaConfig {
  const quota = reader.read(configSchema.mediaQuotaMegabytes);
  const days = reader.read(configSchema.mediaRetentionDays);
  return Object.freeze({
    maxBytes: reader.read(configSchema.mediaMaxMegabytes) * mebibyte,
    quotaBytes: quota === 0 ? null : quota * mebibyte,
    retentionMs: days === 0 ? null : days * day,
    archivePrefix: reader.read(configSchema.mediaArchivePrefix),
    archiveStorageClass: reader.read(configSchema.mediaArchiveStorageClass),
  });
}

function readPlatforms(
  reader: EnvReader,
  specs: readonly PlatformConfigSpec[],
): Pick<AppConfig, 'platform' | 'hasPlatform'> {
  const configs = new Map(specs.map((spec) => [spec.key, readPlatform(platformKeys(spec), reader)]));
  return {
    hasPlatform: (key) => configs.has(key),
    platform: (key) => {
      const config = configs.get(key);
      if (config === undefined) throw new RangeError(`no platform "${key}" is configured`);
      return config;
    },
  };
}

function knownKeys(specs: readonly PlatformConfigSpec[]): string[] {
  const keys = [
    ...Object.values(configSchema),
    ...specs.flatMap((spec) => listPlatformKeys(platformKeys(spec))),
  ];
  return keys.map(({ key }) => key);
}
