import { query } from '../support/query.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('a test database', () => {
  let one: TestDatabase;
  let other: TestDatabase;

  beforeAll(async () => {
    [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });

  afterAll(async () => {
    await Promise.all([one.drop(), other.drop()]);
  });

  it('is migrated and alone', async () => {
    const rows = await query(
      one.ownerUrl,
      'create table only_here (id int); select count(*) > 0 as run from migrations',
    );
    expect(rows).toEqual([{ run: true }]);
    const seen = await query(other.ownerUrl, `select to_regclass('only_here') as found`);
    expect(seen).toEqual([{ found: null }]);
  });

  it('has a login for the engine that owns nothing, one that owns the tables, and one that sees all', async () => {
    const about = 'select current_user as name, rolsuper as super from pg_roles where rolname = current_user';
    expect(await query(one.appUrl, about)).toEqual([{ name: 'fanfare', super: false }]);
    expect(await query(one.ownerUrl, about)).toEqual([{ name: 'fanfare_owner', super: false }]);
    expect(await query(one.adminUrl, about)).toEqual([{ name: 'postgres', super: true }]);
  });
});
