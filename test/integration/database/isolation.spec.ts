import { newId } from '../../../src/common/ids/index.js';
import { DatabaseFixture } from './database.fixture.js';

const INSERT = `INSERT INTO brands (workspace_id, id, name) VALUES (gen_random_uuid(), gen_random_uuid(), 'x')`;

describe('rows of workspaces', () => {
  let fixture: DatabaseFixture;
  let one: string;
  let other: string;

  beforeAll(async () => {
    fixture = await DatabaseFixture.start(4);
    one = await fixture.workspace('first');
    other = await fixture.workspace('second');
  });

  afterAll(() => fixture.stop());

  describe('without a unit of work', () => {
    it.each(['SELECT FROM brands', INSERT, 'UPDATE brands SET name = name', 'DELETE FROM brands'])(
      'the login is refused: %s',
      async (statement) => {
        await expect(fixture.bare((client) => client.query(statement))).rejects.toThrow('permission denied');
        await expect(fixture.dataSource.query(statement)).rejects.toThrow('permission denied');
      },
    );

    it('every table refuses the login', async () => {
      const tables = await fixture.rows(
        `SELECT c.oid::regclass::text AS name FROM pg_class c
          WHERE c.relkind = 'r' AND c.relnamespace IN ('public'::regnamespace, 'fanfare'::regnamespace)`,
      );
      await fixture.bare(async (client) => {
        for (const { name } of tables) {
          await expect(client.query(`SELECT FROM ${String(name)}`)).rejects.toThrow('permission denied');
        }
      });
    });

    it.each(['SELECT FROM brands', INSERT, 'UPDATE brands SET name = name', 'DELETE FROM brands'])(
      'the role without a workspace is refused: %s',
      async (statement) => {
        const run = fixture.bare(async (client) => {
          await client.query('BEGIN; SET LOCAL ROLE fanfare_app');
          await client.query(statement);
        });
        await expect(run).rejects.toThrow('no workspace');
      },
    );

    it('a connection that had a workspace before is refused too', async () => {
      await fixture.bare(async (client) => {
        await client.query(`BEGIN; SET LOCAL ROLE fanfare_app; SET LOCAL fanfare.workspace_id = '${one}'`);
        expect((await client.query('SELECT name FROM brands')).rows).toEqual([{ name: 'first' }]);
        await client.query('COMMIT');
        const left = await client.query(
          `SELECT current_user AS role, current_setting('fanfare.workspace_id') AS id`,
        );
        expect(left.rows).toEqual([{ role: 'fanfare', id: '' }]);
        await client.query('BEGIN; SET LOCAL ROLE fanfare_app');
        await expect(client.query('SELECT FROM brands')).rejects.toThrow('no workspace');
      });
    });

    it('a workspace that is no id is refused', async () => {
      const run = fixture.bare(async (client) => {
        await client.query(`BEGIN; SET LOCAL ROLE fanfare_app; SET LOCAL fanfare.workspace_id = 'all'`);
        await client.query('SELECT FROM brands');
      });
      await expect(run).rejects.toThrow('invalid input syntax');
    });
  });

  it('are seen by their own workspace only', async () => {
    expect(await fixture.unitOfWork.run(one, () => fixture.brands())).toEqual(['first']);
    expect(await fixture.unitOfWork.run(other, () => fixture.brands())).toEqual(['second']);
    expect(await fixture.unitOfWork.run(newId(), () => fixture.brands())).toEqual([]);
  });

  it('are not inserted, updated, moved or deleted by another workspace', async () => {
    const asOther = (statement: string, ...parameters: unknown[]): Promise<unknown> =>
      fixture.unitOfWork.run(other, (manager) => manager.query(statement, parameters));
    await expect(
      asOther('INSERT INTO brands (workspace_id, id, name) VALUES ($1, $2, $3)', one, newId(), 'theirs'),
    ).rejects.toThrow('row-level security');
    await expect(asOther('UPDATE brands SET workspace_id = $1', one)).rejects.toThrow('row-level security');
    expect(await asOther(`UPDATE brands SET name = 'taken' WHERE workspace_id = $1`, one)).toEqual([[], 0]);
    expect(await asOther('DELETE FROM brands WHERE workspace_id = $1', one)).toEqual([[], 0]);
    expect(await fixture.unitOfWork.run(one, () => fixture.brands())).toEqual(['first']);
  });

  it('are not reached by a foreign key of another workspace', async () => {
    const eventId = newId();
    await fixture.rows(
      `INSERT INTO outbox (workspace_id, id, type, version, data) VALUES ($1, $2, 'test', 1, '{}')`,
      [one, eventId],
    );
    const refer = fixture.unitOfWork.run(other, (manager) =>
      manager.query(
        `INSERT INTO deliveries (workspace_id, event_id, listener, seq, next_attempt_at)
         VALUES ($1, $2, 'x', 1, fanfare.now())`,
        [other, eventId],
      ),
    );
    await expect(refer).rejects.toThrow('deliveries_event');
  });

  it('do not leak between 200 units of work of two workspaces on few connections', async () => {
    const names = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const mine = index % 2 === 0 ? one : other;
        return fixture.unitOfWork.run(mine, async (manager) => {
          const before = await fixture.brands();
          await manager.query('SELECT pg_sleep(0)');
          expect(fixture.unitOfWork.workspaceId).toBe(mine);
          const [at] = await manager.query<{ id: string }[]>('SELECT fanfare.current_workspace() AS id');
          expect(at?.id).toBe(mine);
          return [...before, ...(await fixture.brands())].join();
        });
      }),
    );
    expect(names).toEqual(names.map((_, index) => (index % 2 === 0 ? 'first,first' : 'second,second')));
  });
});
