/** What a process does. */
export const ROLES = ['all', 'api', 'worker', 'scheduler'] as const;
export type Role = (typeof ROLES)[number];

/** From the most important to nothing at all. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Those of S3 from which files can be read at once. */
export const S3_STORAGE_CLASSES = ['STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR'] as const;
export type S3StorageClass = (typeof S3_STORAGE_CLASSES)[number];

export interface S3Config {
  /** Null is AWS. */
  readonly endpoint: string | null;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Put in front of every object key; may be empty. */
  readonly prefix: string;
}

export interface MediaConfig {
  /** Bytes of one file. */
  readonly maxBytes: number;
  /** Bytes of all files of a workspace; null: as many as fit. */
  readonly quotaBytes: number | null;
  /** Milliseconds that a file is kept which no post names; null: for ever. */
  readonly retentionMs: number | null;
  /** Where files rest: a folder beside or within that of media, or what S3 keys begin with behind S3_PREFIX. Empty: nowhere else. */
  readonly archivePrefix: string;
  /** What S3 is asked to keep them as; null: as everything. */
  readonly archiveStorageClass: S3StorageClass | null;
}

/** A rate that the operator sets in place of the platform's own. */
export interface ConfiguredRate {
  readonly name: string;
  readonly max: number;
  readonly periodMs: number;
}

export interface PlatformConfig {
  readonly enabled: boolean;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** Values of `appFields` that are set, by name. */
  readonly appExtra: Readonly<Record<string, string>>;
  /** Null where the platform has none. */
  readonly apiVersion: string | null;
  /** When the version in use ends, as far as it is known. */
  readonly apiVersionSunset: Date | null;
  /** None: the platform's own rates hold. */
  readonly rates?: readonly ConfiguredRate[] | null;
  /** Base URL by label, without a slash at its end. */
  readonly hosts: Readonly<Record<string, string>>;
}

/** What a platform tells about its configuration, as data. */
export interface PlatformConfigSpec {
  /** The folder's name; capitals and `_` in variables. */
  readonly key: string;
  /** A label makes the variable PLATFORM_<KEY>_<LABEL>_URL. */
  readonly hosts: readonly { readonly label: string; readonly defaultUrl: string }[];
  /** The tested default. Absent: the platform has no versions. */
  readonly apiVersion?: string;
  /** Known ends of versions, as dates: `{ 'v26.0': '2028-07-29' }`. */
  readonly sunsets?: Readonly<Record<string, string>>;
  /** True: app credentials (CLIENT_ID, CLIENT_SECRET) exist. */
  readonly credentials?: boolean;
  /** What an app has beside them: `facebookClientId` is PLATFORM_<KEY>_FACEBOOK_CLIENT_ID. */
  readonly appFields?: readonly PlatformAppField[];
}

export interface PlatformAppField {
  /** camelCase. */
  readonly name: string;
  readonly doc: string;
  readonly secret: boolean;
}

/** The configuration of this process: parsed once, complete, frozen. Also its injection token. */
export abstract class AppConfig {
  abstract readonly role: Role;
  /** Null: embedded. */
  abstract readonly databaseUrl: string | null;
  /** The same as databaseUrl unless configured. */
  abstract readonly databaseMigrationUrl: string | null;
  abstract readonly preparedStatements: boolean;
  abstract readonly redisUrl: string | null;
  abstract readonly s3: S3Config | null;
  abstract readonly media: MediaConfig;
  abstract readonly host: string;
  abstract readonly port: number;
  abstract readonly publicUrl: string | null;
  abstract readonly trustProxy: boolean | number | string;
  abstract readonly logLevel: LogLevel;
  abstract readonly sandbox: boolean;
  abstract readonly dataDir: string;
  /** The input of KeyRing: "id:base64,…". */
  abstract readonly encryptionKeys: string;
  /** Base64, at least 32 bytes. */
  abstract readonly signingKey: string;
  /** Networks as CIDR that the address guard lets through. */
  abstract readonly allowAddresses: readonly string[];
  abstract readonly workerConcurrency: number;
  abstract readonly renditionConcurrency: number;

  /** Whether a spec of this key was handed in. */
  abstract hasPlatform(key: string): boolean;

  /** @throws RangeError when no spec of this key was handed in. */
  abstract platform(key: string): PlatformConfig;
}
