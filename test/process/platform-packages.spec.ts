import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { engineEnvironment } from '../support/engine-environment.js';
import { InstalledPackages } from '../support/platform-package/installed-packages.js';

const root = path.resolve(import.meta.dirname, '../..');

describe('platforms from npm packages, in a process as it is built', () => {
  const packages = new InstalledPackages();
  let database: TestDatabase;

  beforeAll(async () => {
    packages.installPostcard();
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
    packages.remove();
  });

  /** In the folder where the packages are installed. */
  function run(program: string, args: readonly string[], own: Readonly<Record<string, string>>) {
    const env = engineEnvironment(database, {
      FANFARE_DATA_DIR: path.join(packages.folder, '.data'),
      ...own,
    });
    const ran = spawnSync(process.execPath, [path.join(root, 'dist/src', program), ...args], {
      cwd: packages.folder,
      env,
      encoding: 'utf8',
    });
    return { code: ran.status, output: ran.stdout + ran.stderr };
  }

  const own = { FANFARE_PLATFORM_PACKAGES: 'fanfare-platform-postcard' };
  const itsHost = { PLATFORM_POSTCARD_API_URL: 'http://127.0.0.1:9' };

  it('are loaded by the command line, whose configuration knows their variables', () => {
    const { code, output } = run('cli.js', ['media', 'quota'], { ...own, ...itsHost });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('0 files, 0 bytes') });
    expect(run('cli.js', ['media', 'quota'], itsHost)).toMatchObject({
      code: 1,
      output: expect.stringContaining('PLATFORM_POSTCARD_API_URL: is not a known variable'),
    });
  });

  it('keep the server from starting where one cannot be taken, and it says which, why, and what helps', () => {
    packages.write('@somebody/shut', '', { exports: { './inside': './index.js' } });
    packages.write('fanfare-platform-slow', 'await null; export default () => ({});');
    const names =
      'fanfare-platform-postcard, fanfare-platform-nowhere, @somebody/shut, fanfare-platform-slow';
    const { code, output } = run('main.js', [], { FANFARE_PLATFORM_PACKAGES: names });
    expect(code).toBe(1);
    const lines = output.trimEnd().split('\n');
    expect(lines).toEqual([
      'fanfare: The configuration has problems:',
      `  FANFARE_PLATFORM_PACKAGES: the package fanfare-platform-nowhere is not installed. Run npm install fanfare-platform-nowhere in ${packages.folder}, or take it out of the list.`,
      expect.stringContaining('the package @somebody/shut is installed but opens no door: No "exports" main'),
      expect.stringContaining('the package fanfare-platform-slow cannot be loaded: '),
    ]);
  });
});
