import { ConfigError, type ConfigProblem } from './config.error.js';
import { parseConfig } from './config.parser.js';

const KEYS = {
  FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  FANFARE_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'),
};
const SPECS = [
  {
    key: 'alpha-beta',
    hosts: [{ label: 'API', defaultUrl: 'https://api.example' }],
    apiVersion: 'v2',
    credentials: true,
  },
  { key: 'gamma', hosts: [] },
];

function problemsOf(env: Record<string, string>): readonly ConfigProblem[] {
  try {
    parseConfig(env, SPECS);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseConfig', () => {
  it('needs nothing but keys', () => {
    const config = parseConfig(KEYS);
    expect(config).toMatchObject({
      role: 'all',
      databaseUrl: null,
      databaseMigrationUrl: null,
      preparedStatements: true,
      redisUrl: null,
      s3: null,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      trustProxy: false,
      logLevel: 'info',
      sandbox: false,
      dataDir: '.data',
      allowAddresses: [],
      workerConcurrency: 64,
      renditionConcurrency: 2,
    });
  });

  it('is frozen through and through', () => {
    const config = parseConfig(
      { ...KEYS, S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'i', S3_SECRET_ACCESS_KEY: 's' },
      SPECS,
    );
    const parts = [
      config,
      config.s3,
      config.allowAddresses,
      config.platform('gamma'),
      config.platform('gamma').hosts,
    ];
    for (const part of parts) expect(Object.isFrozen(part)).toBe(true);
  });

  it('reads every kind of value', () => {
    const config = parseConfig({
      ...KEYS,
      FANFARE_ROLE: 'worker',
      DATABASE_URL: 'postgres://app:pw@db/fanfare?sslmode=require',
      DATABASE_PREPARED_STATEMENTS: '0',
      REDIS_URL: 'rediss://redis:6380/1',
      PORT: ' 8080 ',
      PUBLIC_URL: 'https://fanfare.example/base/',
      TRUST_PROXY: '10.0.0.0/8, 127.0.0.1',
      FANFARE_SANDBOX: 'yes',
      FANFARE_ALLOW_ADDRESSES: '127.0.0.0/8, ::1',
      S3_BUCKET: 'media',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'secret',
      LOG_LEVEL: '',
    });
    expect(config).toMatchObject({
      role: 'worker',
      databaseUrl: 'postgres://app:pw@db/fanfare?sslmode=require',
      databaseMigrationUrl: 'postgres://app:pw@db/fanfare?sslmode=require',
      preparedStatements: false,
      port: 8080,
      publicUrl: 'https://fanfare.example/base',
      trustProxy: '10.0.0.0/8,127.0.0.1/32',
      sandbox: true,
      allowAddresses: ['127.0.0.0/8', '::1/128'],
      logLevel: 'info',
      s3: { endpoint: null, bucket: 'media', region: 'us-east-1', prefix: '' },
    });
  });

  it.each([
    ['true', true],
    ['false', false],
    ['2', 2],
  ])('reads TRUST_PROXY=%s', (text, value) => {
    expect(parseConfig({ ...KEYS, TRUST_PROXY: text }).trustProxy).toBe(value);
  });

  it('knows when a version ends, and what an app has beside its id and secret', () => {
    const spec = {
      key: 'delta',
      hosts: [],
      credentials: true,
      apiVersion: 'v2',
      sunsets: { v2: '2027-03-01' },
      appFields: [{ name: 'otherClientId', doc: 'Another app.', secret: false }],
    };
    const env = { ...KEYS, PLATFORM_DELTA_OTHER_CLIENT_ID: 'b' };
    expect(parseConfig(env, [spec]).platform('delta')).toMatchObject({
      appExtra: { otherClientId: 'b' },
      apiVersionSunset: new Date('2027-03-01'),
    });
    const other = parseConfig({ ...env, PLATFORM_DELTA_API_VERSION: 'v3' }, [spec]).platform('delta');
    expect(other).toMatchObject({ apiVersion: 'v3', apiVersionSunset: null });
  });

  it('reads what belongs to a platform, with its defaults', () => {
    const env = {
      ...KEYS,
      PLATFORM_ALPHA_BETA_CLIENT_ID: 'app',
      PLATFORM_ALPHA_BETA_API_URL: 'http://127.0.0.1:4000/a/',
    };
    expect(parseConfig(env, SPECS).platform('alpha-beta')).toEqual({
      enabled: true,
      rates: null,
      clientId: 'app',
      clientSecret: null,
      appExtra: {},
      apiVersion: 'v2',
      apiVersionSunset: null,
      hosts: { API: 'http://127.0.0.1:4000/a' },
    });
    expect(parseConfig({ ...KEYS, PLATFORM_GAMMA_ENABLED: '0' }, SPECS).platform('gamma')).toEqual({
      enabled: false,
      rates: null,
      clientId: null,
      clientSecret: null,
      appExtra: {},
      apiVersion: null,
      apiVersionSunset: null,
      hosts: {},
    });
    expect(() => parseConfig(KEYS, SPECS).platform('delta')).toThrow('no platform "delta" is configured');
  });

  it('reads rates that replace those of a platform', () => {
    const parsed = (text: string) =>
      parseConfig({ ...KEYS, PLATFORM_GAMMA_RATES: text }, SPECS).platform('gamma').rates;
    expect(parsed('posts=300/3h, calls=30/s')).toEqual([
      { name: 'posts', max: 300, periodMs: 10_800_000 },
      { name: 'calls', max: 30, periodMs: 1_000 },
    ]);
    expect(parsed('none')).toEqual([]);
    for (const wrong of ['posts', 'posts=0/1h', 'posts=5/1y', 'Posts=5/h'])
      expect(problemsOf({ ...KEYS, PLATFORM_GAMMA_RATES: wrong })).toEqual([
        expect.objectContaining({
          key: 'PLATFORM_GAMMA_RATES',
          problem: expect.stringContaining('has an item that is no rate'),
        }),
      ]);
  });

  it('reports every problem at once', () => {
    const problems = problemsOf({
      ...KEYS,
      PORT: '65536',
      FANFARE_ROLE: 'boss',
      FANFARE_ALLOW_ADDRESSES: '10.0.0.0/8, nonsense',
      PUBLIC_URL: 'ftp://x',
      FANFARE_SANDBOX: 'maybe',
      PLATFORM_ALPHA_BETA_API_URL: 'https://u:p@x/?q',
    });
    expect(problems.map(({ key }) => key).sort()).toEqual([
      'FANFARE_ALLOW_ADDRESSES',
      'FANFARE_ROLE',
      'FANFARE_SANDBOX',
      'PLATFORM_ALPHA_BETA_API_URL',
      'PORT',
      'PUBLIC_URL',
    ]);
    expect(new ConfigError(problems).message).toContain(
      'PORT: "65536" is not a whole number from 0 to 65535.',
    );
  });

  it('names the nearest known variable for an unknown one', () => {
    const problems = problemsOf({
      ...KEYS,
      FANFARE_SANBOX: '1',
      PLATFORM_ALPHA_BETA_CLIENT_IDD: 'x',
      PLATFORM_GAMMA_CLIENT_ID: 'x',
    });
    expect(problems).toEqual([
      expect.objectContaining({
        key: 'FANFARE_SANBOX',
        remedy: 'Remove it; the nearest known one is FANFARE_SANDBOX',
      }),
      expect.objectContaining({
        remedy: 'Remove it; the nearest known one is PLATFORM_ALPHA_BETA_CLIENT_ID',
      }),
      expect.objectContaining({ key: 'PLATFORM_GAMMA_CLIENT_ID' }),
    ]);
  });

  it('leaves variables of others and of test runs alone', () => {
    expect(problemsOf({ ...KEYS, HOME: '/', FANFARE_TEST_REQUIRE: 'redis', npm_config_x: '1' })).toEqual([]);
  });

  it('echoes no secret', () => {
    const secret = 'hunter2-and-more';
    const names = [
      'DATABASE_URL',
      'DATABASE_MIGRATION_URL',
      'REDIS_URL',
      'FANFARE_SIGNING_KEY',
      'FANFARE_ENCRYPTION_KEYS',
    ];
    const problems = problemsOf(Object.fromEntries(names.map((name) => [name, secret])));
    expect(problems.map(({ key }) => key)).toEqual(expect.arrayContaining(names));
    expect(new ConfigError(problems).message).not.toContain(secret);
  });

  it('wants the same configured keys for several processes', () => {
    expect(problemsOf({ DATABASE_URL: 'postgres://db/x' }).map(({ key }) => key)).toEqual([
      'FANFARE_ENCRYPTION_KEYS',
      'FANFARE_SIGNING_KEY',
    ]);
  });

  it('wants a database for a single role, and for its migrations', () => {
    expect(problemsOf({ ...KEYS, FANFARE_ROLE: 'api' }).map(({ key }) => key)).toEqual(['DATABASE_URL']);
    expect(problemsOf({ ...KEYS, DATABASE_MIGRATION_URL: 'postgres://db/x' })).toHaveLength(1);
  });

  it('wants S3 whole or not at all', () => {
    expect(problemsOf({ ...KEYS, S3_ENDPOINT: 'http://minio:9000' }).map(({ key }) => key)).toEqual([
      'S3_BUCKET',
      'S3_ACCESS_KEY_ID',
      'S3_SECRET_ACCESS_KEY',
    ]);
  });
});
