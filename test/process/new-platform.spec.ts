import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childEnvironment } from '../support/child-environment.js';

const root = path.resolve(import.meta.dirname, '../..');

describe('npm run new:platform', () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'fanfare-new-platform-'));
    const names = [
      'src',
      'test',
      'scripts',
      'bench',
      'migrations',
      'tsconfig.json',
      'tsconfig.test.json',
      'package.json',
    ];
    for (const name of names) {
      cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  });
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  const script = (name: string, ...args: string[]): string =>
    execFileSync(process.execPath, [path.join(root, 'scripts', name), ...args], {
      env: { ...childEnvironment(), FANFARE_TEST_ROOT: copy },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('refuses a name that cannot be a folder, and one that is taken', () => {
    expect(() => script('new-platform.mjs', 'My Platform')).toThrow('Give a name in lower case');
    expect(() => script('new-platform.mjs', 'mastodon')).toThrow('There is a platform "mastodon" already');
  });

  it('makes a platform, its simulator and its contract, listed everywhere, that compile; and says what is not built', () => {
    const said = script('new-platform.mjs', 'green-field');
    expect(said).toContain('Not built yet');
    expect(script('platform-files.mjs', '--check')).toBe('');
    const read = (file: string): string => readFileSync(path.join(copy, file), 'utf8');
    expect(read('src/platforms/index.ts')).toContain('GreenFieldModule');
    expect(read('src/sandbox/platform.order.ts')).toMatch(/'green-field',\n\];/);
    expect(read('test/support/contract/profiles/index.ts')).toContain("'green-field': greenField");
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const compiled = execFileSync(process.execPath, [tsc, '-p', 'tsconfig.test.json', '--noEmit'], {
      cwd: copy,
      encoding: 'utf8',
    });
    expect(compiled).toBe('');
  });
});
