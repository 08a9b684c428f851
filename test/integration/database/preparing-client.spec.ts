import { Test } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { ConfigModule } from '../../../src/common/config/index.js';
import { createDataSource, DatabaseModule, UnitOfWork } from '../../../src/common/database/index.js';
import { newId } from '../../../src/common/ids/index.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const known = `SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%of this test%' ORDER BY 1`;
const mostNames = 1_000;

describe('a connection of the engine', () => {
  let database: TestDatabase;
  const opened: DataSource[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.rows('CREATE TABLE grown (id integer, word text)');
    await database.rows(`INSERT INTO grown VALUES (1, 'one'), (2, 'two')`);
  });

  afterEach(async () => {
    for (const dataSource of opened.splice(0)) await dataSource.destroy();
  });

  afterAll(() => database.drop());

  /** One connection, so that everything is asked over the same. */
  async function connected(prepared?: boolean, url = database.adminUrl): Promise<DataSource> {
    const options = { url, entities: [], poolSize: 1, ...(prepared === undefined ? {} : { prepared }) };
    const dataSource = createDataSource(options);
    opened.push(dataSource);
    return dataSource.initialize();
  }

  const statements = async (dataSource: DataSource): Promise<string[]> =>
    (await dataSource.query<{ statement: string }[]>(known)).map(({ statement }) => statement);

  it('prepares a statement with values once, however often it is sent', async () => {
    const dataSource = await connected();
    const statement = 'SELECT $1::integer + 1 AS sum /* of this test */';
    for (const value of [1, 2, 3])
      expect(await dataSource.query(statement, [value])).toEqual([{ sum: value + 1 }]);
    expect(await statements(dataSource)).toEqual([statement]);
  });

  it('leaves statements without values as they are', async () => {
    const dataSource = await connected();
    await dataSource.query('SELECT 1 /* of this test */');
    await dataSource.query('SELECT 2 /* of this test */', []);
    expect(await statements(dataSource)).toEqual([]);
  });

  it('prepares nothing for a pooler that knows no prepared statements', async () => {
    const dataSource = await connected(false);
    const [row] = await dataSource.query<object[]>('SELECT $1::integer AS one /* of this test */', [1]);
    expect(row).toEqual({ one: 1 });
    expect(await statements(dataSource)).toEqual([]);
  });

  it.each([
    ['0', 0],
    ['1', 1],
  ])('does as DATABASE_PREPARED_STATEMENTS=%s says', async (preparedStatements, count) => {
    const env = {
      DATABASE_URL: database.appUrl,
      DATABASE_PREPARED_STATEMENTS: preparedStatements,
      FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      FANFARE_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'),
    };
    const imports = [ConfigModule.forRoot({ env }), DatabaseModule.forRoot([])];
    const module = await Test.createTestingModule({ imports }).compile();
    try {
      const unitOfWork = module.get(UnitOfWork);
      const names = await unitOfWork.run(newId(), async () => {
        await unitOfWork.manager.query('SELECT $1::integer AS configured /* of this test */', [1]);
        return unitOfWork.manager.query<object[]>(known);
      });
      expect(names).toHaveLength(count);
    } finally {
      await module.close();
    }
  });

  it('goes on with a statement that has failed', async () => {
    const dataSource = await connected();
    const divided = (by: number): Promise<unknown> =>
      dataSource.query('SELECT 6 / $1::integer AS part', [by]);
    await expect(divided(0)).rejects.toThrow('division by zero');
    expect(await divided(2)).toEqual([{ part: 3 }]);
    await expect(divided(0)).rejects.toThrow('division by zero');
    expect(await divided(3)).toEqual([{ part: 2 }]);
  });

  it('fails once, then prepares anew, where a migration has changed the columns under it', async () => {
    const dataSource = await connected();
    const second = await connected();
    const find = (on: DataSource): Promise<unknown> => on.query('SELECT * FROM grown WHERE id = $1', [2]);
    expect([await find(dataSource), await find(second)]).toEqual([
      [{ id: 2, word: 'two' }],
      [{ id: 2, word: 'two' }],
    ]);
    await database.rows('ALTER TABLE grown ADD COLUMN length integer DEFAULT 3');
    await expect(find(dataSource)).rejects.toThrow('cached plan must not change result type');
    expect(await find(dataSource)).toEqual([{ id: 2, word: 'two', length: 3 }]);
    expect(await find(second)).toEqual([{ id: 2, word: 'two', length: 3 }]);
  });

  it('tells why a transaction could not begin, not that what came after it was refused', async () => {
    const login = `of_no_group_${newId().replaceAll('-', '')}`;
    await database.rows(`CREATE ROLE ${login} LOGIN PASSWORD 'unguessed'`);
    try {
      const url = new URL(database.appUrl);
      url.username = login;
      url.password = 'unguessed';
      const unitOfWork = new UnitOfWork(await connected(undefined, url.href));
      const reading = unitOfWork.run(newId(), () => unitOfWork.manager.query('SELECT $1::text AS x', ['x']));
      await expect(reading).rejects.toThrow('permission denied to set role "fanfare_app"');
      const idle = unitOfWork.run(newId(), () => Promise.resolve('nothing asked'));
      await expect(idle).rejects.toThrow('permission denied to set role "fanfare_app"');
    } finally {
      await database.rows(`DROP ROLE ${login}`);
    }
  });

  it(`gives no more than ${String(mostNames)} names`, async () => {
    const dataSource = await connected();
    for (let no = 0; no < mostNames; no += 1)
      await dataSource.query(`SELECT $1::integer + ${String(no)} /* one of this test */`, [no]);
    expect(await dataSource.query('SELECT $1::integer AS kept /* last of this test */', [1])).toEqual([
      { kept: 1 },
    ]);
    const all = await statements(dataSource);
    expect(all.length).toBeGreaterThan(mostNames / 2);
    expect(all.length).toBeLessThanOrEqual(mostNames);
    expect(all.join()).not.toContain('last of this test');
  });
});
