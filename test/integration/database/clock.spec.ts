import { DatabaseFixture } from './database.fixture.js';

describe('the clock of the database', () => {
  let fixture: DatabaseFixture;
  let workspaceId: string;

  beforeAll(async () => {
    fixture = await DatabaseFixture.start();
    workspaceId = await fixture.workspace('any');
  });

  afterAll(() => fixture.stop());

  /** Seconds that fanfare.now() is ahead of the server's own clock. */
  const ahead = async (): Promise<number> => {
    const [row] = await fixture.rows(
      'SELECT round(extract(epoch FROM fanfare.now() - clock_timestamp())) AS seconds',
    );
    return Number(row?.['seconds']);
  };

  it('is the clock of the server', async () => {
    expect(await ahead()).toBe(0);
  });

  it('moves with the offset, for every role and in a transaction that is open', async () => {
    const read = `SELECT fanfare.now() AS now`;
    const both = await fixture.unitOfWork.run(workspaceId, async (manager) => {
      const [before] = await manager.query<{ now: Date }[]>(read);
      await fixture.rows('UPDATE fanfare.clock_offset SET milliseconds = 3600000');
      const [after] = await manager.query<{ now: Date }[]>(read);
      return [before?.now.getTime() ?? 0, after?.now.getTime() ?? 0] as const;
    });
    expect(both[1] - both[0]).toBeGreaterThanOrEqual(3_600_000);
    expect(await ahead()).toBe(3600);
    const [swept] = await fixture.unitOfWork.sweep((manager) => manager.query<{ now: Date }[]>(read));
    expect(swept?.now.getTime()).toBeGreaterThanOrEqual(both[1]);
    await fixture.rows('UPDATE fanfare.clock_offset SET milliseconds = 0');
  });

  it('goes on within a transaction', async () => {
    const [row] = await fixture.unitOfWork.run(workspaceId, (manager) =>
      manager.query<{ on: boolean }[]>(
        `WITH a AS MATERIALIZED (SELECT fanfare.now() AS at), b AS MATERIALIZED (SELECT at, pg_sleep(0.002) FROM a)
         SELECT fanfare.now() > at AS on FROM b`,
      ),
    );
    expect(row?.on).toBe(true);
  });

  it('has one offset only', async () => {
    await expect(fixture.rows('INSERT INTO fanfare.clock_offset DEFAULT VALUES')).rejects.toThrow(
      'duplicate key',
    );
    await expect(fixture.rows('INSERT INTO fanfare.clock_offset VALUES (false, 1)')).rejects.toThrow('check');
  });
});
