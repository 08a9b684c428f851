import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { count, type JestReport } from '../../scripts/lib/jest.mjs';
import { childEnvironment } from '../support/child-environment.js';

const root = path.resolve(import.meta.dirname, '../..');

/** As jest.config.mjs has it, for the one file and without a database. */
const config = {
  rootDir: root,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/walls/left-out.fixture.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.(ts|mts|js|mjs|cjs)$': '<rootDir>/test/jest/transform.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/.data/'],
};

interface Run {
  readonly code: number | null;
  readonly report: JestReport;
}

describe('tests that need ffmpeg', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fanfare-left-out-'));
  const [without, having] = [path.join(folder, 'without'), path.join(folder, 'with')];
  let runs = 0;

  beforeAll(() => {
    for (const place of [without, having]) mkdirSync(place);
    writeFileSync(path.join(having, 'ffmpeg'), '');
    chmodSync(path.join(having, 'ffmpeg'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Jest of its own on the fixture, on a machine that has nothing but what the folder holds. */
  function run(programs: string, own: Readonly<Record<string, string>> = {}): Promise<Run> {
    runs += 1;
    const file = path.join(folder, `report-${runs}.json`);
    const jest = path.join(root, 'node_modules/jest/bin/jest.js');
    const args = [jest, '--config', JSON.stringify(config), '--json', `--outputFile=${file}`];
    const env = { ...childEnvironment({ PATH: programs }), ...own };
    return new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: root, env }, (error) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        resolve({ code, report: JSON.parse(readFileSync(file, 'utf8')) as JestReport });
      });
    });
  }

  it('run where it is', async () => {
    const { code, report } = await run(having, { FANFARE_TEST_REQUIRE: 'redis,ffmpeg' });
    expect(code).toBe(0);
    expect(count(report, code)).toEqual({ passed: 3, failed: 0, skipped: [] });
  });

  it('are left out where it is not, each named with the reason, while the others run', async () => {
    const { code, report } = await run(without);
    expect(code).toBe(0);
    expect(count(report, code)).toEqual({
      passed: 1,
      failed: 0,
      skipped: ['are made', 'are cut'].map(
        (title) => `test/walls/left-out.fixture.ts: videos [left out: ffmpeg is not installed] ${title}`,
      ),
    });
  });

  it('fail where it is required and is not there', async () => {
    const { code, report } = await run(without, { FANFARE_TEST_REQUIRE: 'redis,ffmpeg' });
    expect(code).toBe(1);
    expect(count(report, code)).toEqual({ passed: 1, failed: 1, skipped: [] });
    const failed = report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'failed');
    expect(failed).toEqual([
      expect.objectContaining({
        fullName: 'videos: ffmpeg is not installed',
        failureMessages: [expect.stringContaining('FANFARE_TEST_REQUIRE asks for ffmpeg, but')],
      }),
    ]);
  });

  it('are left out for want of something else that is required too: only what is named fails', async () => {
    const { code, report } = await run(without, { FANFARE_TEST_REQUIRE: 'redis' });
    expect({ code, ...count(report, code) }).toMatchObject({ code: 0, failed: 0 });
    expect(count(report, code).skipped).toHaveLength(2);
  });

  it('are required by the program that continuous integration runs', () => {
    const ci = readFileSync(path.join(root, '.ci/run'), 'utf8');
    expect(/FANFARE_TEST_REQUIRE=(\S+) npm test/.exec(ci)?.[1]?.split(',')).toContain('ffmpeg');
  });
});
