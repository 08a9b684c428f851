import { KeyRing, KeyRingError } from '../crypto/key-ring.js';
import { LOG_LEVELS, ROLES, S3_STORAGE_CLASSES } from './app.config.js';
import {
  base64,
  choice,
  flag,
  integer,
  networks,
  packageNames,
  text,
  trustedProxies,
  url,
  ValueProblem,
  type ValueType,
  webUrl,
} from './value-types.js';

/** One environment variable. */
export interface ConfigKey<T = unknown> {
  readonly key: string;
  readonly type: ValueType<T>;
  /** The value when the variable is absent or empty. */
  readonly default: T;
  /** One or two sentences for `.env.example`. */
  readonly doc: string;
  /** Never shown, in no message. */
  readonly secret: boolean;
}

const postgresUrl = url(['postgres', 'postgresql'], 'any');
const redisUrl = url(['redis', 'rediss'], 'any');

const keyList: ValueType<string> = {
  name: '"id:base64,id2:base64"',
  parse(value) {
    try {
      KeyRing.parse(value);
      return value;
    } catch (error) {
      if (!(error instanceof KeyRingError)) throw error;
      throw new ValueProblem(
        `is not a list of keys: ${error.message}`,
        'Write id:key, where openssl rand -base64 32 makes a key',
      );
    }
  },
};

function key<T>(name: string, type: ValueType<T>, otherwise: NoInfer<T>, doc: string): ConfigKey<T> {
  return { key: name, type, default: otherwise, doc, secret: false };
}

function optional<T>(name: string, type: ValueType<T>, doc: string): ConfigKey<T | null> {
  return { key: name, type, default: null, doc, secret: false };
}

function secret<T>(name: string, type: ValueType<T>, doc: string): ConfigKey<T | null> {
  return { ...optional(name, type, doc), secret: true };
}

/** Every variable but those of the platforms. */
export const configSchema = {
  role: key(
    'FANFARE_ROLE',
    choice(ROLES),
    'all',
    'What this process does. Anything but all needs DATABASE_URL and configured keys.',
  ),
  databaseUrl: secret(
    'DATABASE_URL',
    postgresUrl,
    'PostgreSQL 15 or newer. Empty: an embedded PostgreSQL under FANFARE_DATA_DIR.',
  ),
  databaseMigrationUrl: secret(
    'DATABASE_MIGRATION_URL',
    postgresUrl,
    'The login that owns the tables and runs migrations. Empty: DATABASE_URL, with a warning.',
  ),
  preparedStatements: key(
    'DATABASE_PREPARED_STATEMENTS',
    flag,
    true,
    'Whether PostgreSQL keeps the plans of statements. 0 for a pooler that shares connections between transactions and knows none.',
  ),
  redisUrl: secret(
    'REDIS_URL',
    redisUrl,
    'Redis or Valkey for the queue. Empty: the queue lives in PostgreSQL.',
  ),
  s3Endpoint: optional('S3_ENDPOINT', webUrl, 'Where S3 is, when it is not AWS.'),
  s3Bucket: optional('S3_BUCKET', text, 'Keeps media in S3 instead of FANFARE_DATA_DIR.'),
  s3Region: key('S3_REGION', text, 'us-east-1', 'The region of the bucket.'),
  s3AccessKeyId: secret('S3_ACCESS_KEY_ID', text, 'Needed with S3_BUCKET.'),
  s3SecretAccessKey: secret('S3_SECRET_ACCESS_KEY', text, 'Needed with S3_BUCKET.'),
  s3Prefix: key('S3_PREFIX', text, '', 'Put in front of every object key.'),
  mediaMaxMegabytes: key(
    'FANFARE_MEDIA_MAX_MB',
    integer(1, 5_120),
    5_120,
    'The largest file that is taken, in MiB.',
  ),
  mediaQuotaMegabytes: key(
    'FANFARE_MEDIA_QUOTA_MB',
    integer(0, 1_000_000_000),
    0,
    'How many MiB of media a workspace may keep. 0: as many as fit.',
  ),
  mediaRetentionDays: key(
    'FANFARE_MEDIA_RETENTION_DAYS',
    integer(0, 36_500),
    30,
    'After how many days a file that no post names is deleted. 0: never.',
  ),
  mediaArchivePrefix: key(
    'FANFARE_MEDIA_ARCHIVE_PREFIX',
    text,
    '',
    'Where files of published posts rest, for example archive/: a folder under media (or elsewhere, when it begins with /), or the start of S3 keys behind S3_PREFIX. Empty: where they are. Move the files too when you change it.',
  ),
  mediaArchiveStorageClass: optional(
    'S3_ARCHIVE_STORAGE_CLASS',
    choice(S3_STORAGE_CLASSES),
    'What S3 keeps resting files as. Only classes that can be read at once.',
  ),
  host: key('HOST', text, '127.0.0.1', 'The address to listen on. 0.0.0.0 is every one.'),
  port: key('PORT', integer(0, 65_535), 3000, 'The port to listen on. 0 takes a free one.'),
  publicUrl: optional(
    'PUBLIC_URL',
    webUrl,
    'How the outside reaches this server, for OAuth and for media that platforms fetch.',
  ),
  trustProxy: key('TRUST_PROXY', trustedProxies, false, 'Which proxies in front may say who the client is.'),
  logLevel: key('LOG_LEVEL', choice(LOG_LEVELS), 'info', 'The least important line that is logged.'),
  sandbox: key(
    'FANFARE_SANDBOX',
    flag,
    false,
    'Starts the simulated platforms and talks to them instead of the real ones.',
  ),
  dataDir: key(
    'FANFARE_DATA_DIR',
    text,
    '.data',
    'Where the embedded database, media and made keys are kept.',
  ),
  encryptionKeys: secret(
    'FANFARE_ENCRYPTION_KEYS',
    keyList,
    'Encrypt stored tokens: "id:base64,id2:base64", 32 bytes each, the first is active. Empty: made at first start in FANFARE_DATA_DIR; back that file up.',
  ),
  signingKey: secret(
    'FANFARE_SIGNING_KEY',
    base64(32),
    'Signs media URLs and cursors: base64, at least 32 bytes. Empty: made at first start like the above.',
  ),
  allowAddresses: key(
    'FANFARE_ALLOW_ADDRESSES',
    networks,
    [],
    'Private networks that requests may go to all the same, for example 127.0.0.0/8,::1/128 for simulators.',
  ),
  platformPackages: key(
    'FANFARE_PLATFORM_PACKAGES',
    packageNames,
    [],
    'Installed npm packages that bring further platforms. They run with all rights of this process.',
  ),
  workerConcurrency: key(
    'FANFARE_WORKER_CONCURRENCY',
    integer(1, 1_024),
    64,
    'How many publications one worker has under way; they mostly wait.',
  ),
  renditionConcurrency: key(
    'FANFARE_RENDITION_CONCURRENCY',
    integer(1, 64),
    2,
    'How many pictures and videos one worker converts at a time; each takes a core or two.',
  ),
};
