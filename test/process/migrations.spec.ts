import { execFile } from 'node:child_process';
import path from 'node:path';
import { createEmptyTestDatabase, type TestDatabase } from '../support/database.js';
import { childEnvironment } from '../support/child-environment.js';
import { query } from '../support/query.js';

const PROGRAM = path.resolve(import.meta.dirname, '../../scripts/lib/migrations-check.mjs');

describe('the check of the migrations', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createEmptyTestDatabase();
  });

  afterEach(async () => {
    await database.drop();
  });

  it('passes when they go up, down and up', async () => {
    expect(await check(database)).toEqual({ code: 0, stderr: '' });
  });

  it('fails when down leaves something behind', async () => {
    await query(database.ownerUrl, 'create schema forgotten; create table forgotten.things (id int)');
    const { code, stderr } = await check(database);
    expect(code).toBe(1);
    expect(stderr).toContain('forgotten.things');
    expect(stderr).toContain('schema forgotten');
  });
});

function check({ ownerUrl, appUrl }: TestDatabase): Promise<{ code: number; stderr: string }> {
  const env = childEnvironment({ DATABASE_URL: appUrl, DATABASE_MIGRATION_URL: ownerUrl });
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM], { env }, (error, _stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stderr });
    });
  });
}
