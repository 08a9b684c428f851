import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { engineEnvironment } from '../support/engine-environment.js';

const root = path.resolve(import.meta.dirname, '../..');
const patienceMs = 60_000;

/** Benchmarks are run by hand: what they reach into the engine for has to be there nevertheless. */
describe('what benchmarks measure of the engine as it is built', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fanfare-bench-'));
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  function printed(...args: string[]): unknown {
    const env = engineEnvironment(database, { FANFARE_DATA_DIR: folder });
    const options = { cwd: root, env, encoding: 'utf8', timeout: patienceMs } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${String(status)}: ${stderr}`);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  }

  it('a sweep by itself', () => {
    const took = printed('bench/lib/sweep-program.mjs') as number[];
    expect(took).toHaveLength(50);
    expect(Math.min(...took)).toBeGreaterThan(0);
  });

  it("the queue by itself, with the engine's login", () => {
    const program = `
      import { idleBurst } from './bench/lib/queue.mjs';
      const signal = AbortSignal.timeout(${String(patienceMs / 2)});
      console.log(JSON.stringify(await idleBurst({ env: process.env, signal }, 10)));`;
    const lateness = printed('--input-type=module', '-e', program) as number[];
    expect(lateness).toHaveLength(10);
    expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
  });
});
