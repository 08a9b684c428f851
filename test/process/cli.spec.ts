import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { engineEnvironment } from '../support/engine-environment.js';
import { query } from '../support/query.js';

const root = path.resolve(import.meta.dirname, '../..');

describe('the command line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fanfare-cli-'));
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  function cli(...args: string[]): { code: number | null; output: string } {
    const env = engineEnvironment(database, { FANFARE_DATA_DIR: folder });
    const ran = spawnSync(process.execPath, ['dist/src/cli.js', ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    return { code: ran.status, output: ran.stdout + ran.stderr };
  }

  it('writes the OpenAPI document, and notices one that is not current', () => {
    const file = path.join(folder, 'openapi.json');
    expect(cli('openapi', '--write', file).code).toBe(0);
    expect(cli('openapi', '--check', file).code).toBe(0);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"Fanfare"', '"Tusch"'));
    const { code, output } = cli('openapi', '--check', file);
    expect(code).toBe(1);
    expect(output).toContain('Tusch');
    expect(output).toContain(`--write ${file}`);
  });

  it('notices a database that is not as the entities say', async () => {
    expect(cli('db', 'drift')).toMatchObject({ code: 0, output: expect.stringContaining('as the database') });
    await query(database.adminUrl, 'ALTER TABLE posts ADD COLUMN planted integer', []);
    expect(cli('db', 'drift')).toMatchObject({
      code: 1,
      output: expect.stringContaining('DROP COLUMN "planted"'),
    });
    await query(database.adminUrl, 'ALTER TABLE posts DROP COLUMN planted', []);
  });

  it('migrates what is migrated already', () => {
    expect(cli('db', 'migrate')).toMatchObject({ code: 0, output: expect.stringContaining('up to date') });
  });

  it('makes and lists keys, and shows a key once', () => {
    const first = cli('keys', 'create');
    expect(first).toMatchObject({ code: 0, output: expect.stringMatching(/^fan_[\w-]{43}\n$/) });
    const second = cli('keys', 'create', '--name', 'reader', '--scopes', 'read');
    expect(second.code).toBe(0);
    const { output } = cli('keys', 'list');
    expect(output.trim().split('\n')).toHaveLength(2);
    expect(output).toMatch(/key_[0-9a-f]{32} .* read .* reader/);
    for (const { output: key } of [first, second]) expect(output).not.toContain(key.trim());
  });

  it('says and sets how much media a workspace may keep', () => {
    expect(cli('media', 'quota').output).toMatch(
      /0 files, 0 bytes; may keep as many as fit [(]the quota of this/,
    );
    const set = cli('media', 'quota', '--megabytes', '5');
    expect(set).toMatchObject({
      code: 0,
      output: expect.stringContaining('5242880 bytes (a quota of its own)'),
    });
    expect(cli('media', 'quota').output).toBe(set.output);
    expect(cli('media', 'quota', '--unlimited').output).toContain('as many as fit (a quota of its own)');
    expect(cli('media', 'quota', '--default').output).toContain('the quota of this installation');
    for (const wrong of [
      ['--megabytes', 'many'],
      ['--unlimited', '--default'],
      ['--workspace', 'other'],
      ['more'],
    ])
      expect([wrong, cli('media', 'quota', ...wrong).code]).toEqual([wrong, 1]);
  });

  it('says what it can do, and ends with 1 when it does not understand', () => {
    expect(cli('help')).toMatchObject({ code: 0, output: expect.stringContaining('keys create') });
    expect(cli('keys', 'forge')).toMatchObject({
      code: 1,
      output: expect.stringContaining('There is no command'),
    });
    expect(cli('keys', 'create', '--scopes', 'god').code).toBe(1);
  });
});
