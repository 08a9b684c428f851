import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from './config.parser.js';
import { ensureLocalKeys, withLocalKeys } from './local-keys.js';
import { readProcessEnv } from './process-env.js';

describe('local keys', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fanfare-keys-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are made once, for the owner only, and say so', () => {
    const dataDir = join(folder, 'deep', 'data');
    const first = ensureLocalKeys(dataDir);
    expect(first.made).toBe(true);
    expect(statSync(first.file).mode & 0o777).toBe(0o600);
    const second = ensureLocalKeys(dataDir);
    expect(second).toEqual({ ...first, made: false });
    expect(readdirSync(dataDir)).toEqual(['keys.env']);
  });

  it('complete an environment so that it parses', () => {
    const { env, madeKeyFile } = withLocalKeys({ FANFARE_DATA_DIR: folder, FANFARE_SIGNING_KEY: '' });
    expect(madeKeyFile).toBe(join(folder, 'keys.env'));
    expect(parseConfig(env).encryptionKeys).toMatch(/^k1:/);
    expect(withLocalKeys({ FANFARE_DATA_DIR: folder })).toEqual({
      env: expect.objectContaining({}),
      madeKeyFile: null,
    });
  });

  it('give way to configured ones', () => {
    const mine = Buffer.alloc(32, 3).toString('base64');
    const { env } = withLocalKeys({ FANFARE_DATA_DIR: folder, FANFARE_SIGNING_KEY: mine });
    expect(parseConfig(env).signingKey).toBe(mine);
  });

  it.each([{ DATABASE_URL: 'postgres://db/x' }, { FANFARE_ROLE: 'worker' }])(
    'are not made for %j',
    (more) => {
      const { env, madeKeyFile } = withLocalKeys({ FANFARE_DATA_DIR: folder, ...more });
      expect(madeKeyFile).toBeNull();
      expect(env['FANFARE_SIGNING_KEY']).toBeUndefined();
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

describe('readProcessEnv', () => {
  it('fills in from a file what the process was not given', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fanfare-env-'));
    const file = join(folder, '.env');
    writeFileSync(file, 'PATH=/from/file\nFANFARE_FROM_FILE="yes"\n');
    const env = readProcessEnv(file);
    expect(env['FANFARE_FROM_FILE']).toBe('yes');
    expect(env['PATH']).not.toBe('/from/file');
    expect(readProcessEnv(join(folder, 'none'))['FANFARE_FROM_FILE']).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});
