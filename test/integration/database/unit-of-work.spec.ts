import { newId } from '../../../src/common/ids/index.js';
import { UnitOfWorkError } from '../../../src/common/database/index.js';
import { DatabaseFixture } from './database.fixture.js';

describe('a unit of work', () => {
  let fixture: DatabaseFixture;
  let workspaceId: string;

  beforeAll(async () => {
    fixture = await DatabaseFixture.start();
  });

  afterAll(() => fixture.stop());

  beforeEach(async () => {
    workspaceId = await fixture.workspace('old');
  });

  const run = <T>(fn: () => Promise<T>): Promise<T> => fixture.unitOfWork.run(workspaceId, fn);
  const committed = (): Promise<string[]> => run(() => fixture.brands());

  describe('as one transaction', () => {
    it('commits what was written', async () => {
      await run(() => fixture.addBrand('new'));
      expect(await committed()).toEqual(['new', 'old']);
    });

    it('writes nothing when its work fails', async () => {
      const failing = run(async () => {
        await fixture.addBrand('new');
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await committed()).toEqual(['old']);
    });

    it('fails when a failed statement was swallowed', async () => {
      const afterCommit = jest.fn();
      const swallowing = run(async () => {
        fixture.unitOfWork.afterCommit(afterCommit);
        await fixture.addBrand('new');
        await fixture.unitOfWork.manager.query('SELECT 1/0').catch(() => 'swallowed');
      });
      await expect(swallowing).rejects.toThrow(UnitOfWorkError);
      expect(afterCommit).not.toHaveBeenCalled();
      expect(await committed()).toEqual(['old']);
    });

    it('commits when a failed statement was rolled back to a savepoint', async () => {
      await run(async () => {
        await fixture.addBrand('new');
        const inner = fixture.unitOfWork.manager.transaction((manager) => manager.query('SELECT 1/0'));
        await expect(inner).rejects.toThrow('division by zero');
      });
      expect(await committed()).toEqual(['new', 'old']);
    });

    it('reads one moment when it is asked to', async () => {
      const reading = fixture.unitOfWork.run(
        workspaceId,
        async () => {
          const before = await fixture.brands();
          await fixture.unitOfWork.outside(() => run(() => fixture.addBrand('new')));
          return [before, await fixture.brands()];
        },
        { snapshot: true },
      );
      expect(await reading).toEqual([['old'], ['old']]);
      expect(await committed()).toEqual(['new', 'old']);
    });

    it('refuses what is no workspace id', async () => {
      const hostile = `'; RESET ROLE; --`;
      await expect(fixture.unitOfWork.run(hostile, () => Promise.resolve())).rejects.toThrow(UnitOfWorkError);
    });

    it('gives its connection back, whatever became of it', async () => {
      for (let round = 0; round < 15; round += 1) {
        await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
      }
      expect(await committed()).toEqual(['old']);
    });

    it('is followed by a working one when its connection is lost', async () => {
      const losing = run(async () => {
        const [row] = await fixture.unitOfWork.manager.query<{ pid: number }[]>(
          'SELECT pg_backend_pid() AS pid',
        );
        await fixture.rows('SELECT pg_terminate_backend($1)', [row?.pid]);
        await fixture.addBrand('new');
      });
      await expect(losing).rejects.toThrow();
      expect(await committed()).toEqual(['old']);
    });
  });

  describe('with another one inside', () => {
    it('is joined by it', async () => {
      const failing = run(async () => {
        const outer = fixture.unitOfWork.manager;
        await run(async () => {
          expect(fixture.unitOfWork.manager).toBe(outer);
          await fixture.addBrand('inner');
        });
        throw new Error('after the inner one');
      });
      await expect(failing).rejects.toThrow('after the inner one');
      expect(await committed()).toEqual(['old']);
    });

    it('refuses another workspace', async () => {
      const crossing = run(() => fixture.unitOfWork.run(newId(), () => Promise.resolve()));
      await expect(crossing).rejects.toThrow(UnitOfWorkError);
    });

    it('refuses a sweep, and a sweep refuses a workspace', async () => {
      await expect(run(() => fixture.unitOfWork.sweep(() => Promise.resolve()))).rejects.toThrow(
        UnitOfWorkError,
      );
      const inside = fixture.unitOfWork.sweep(() => run(() => Promise.resolve()));
      await expect(inside).rejects.toThrow(UnitOfWorkError);
    });

    it('lets work leave its scope', async () => {
      const other = newId();
      await run(async () => {
        await fixture.unitOfWork.outside(async () => {
          expect(fixture.unitOfWork.isOpen).toBe(false);
          expect(() => fixture.unitOfWork.manager).toThrow(UnitOfWorkError);
          await fixture.unitOfWork.run(other, async () => expect(fixture.unitOfWork.workspaceId).toBe(other));
        });
        expect(fixture.unitOfWork.workspaceId).toBe(workspaceId);
      });
    });
  });

  describe('after its end', () => {
    it('is closed for work that was not waited for', async () => {
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      let late: Promise<unknown> = Promise.resolve();
      await run(async () => {
        late = released.then(() => {
          expect(() => fixture.unitOfWork.manager).toThrow('had ended');
          expect(() => fixture.unitOfWork.beforeCommit(() => Promise.resolve())).toThrow('had ended');
          expect(fixture.unitOfWork.isOpen).toBe(false);
          return run(() => fixture.addBrand('late'));
        });
      });
      release();
      await expect(late).rejects.toThrow('had ended');
      expect(await committed()).toEqual(['old']);
    });

    it('takes no query of work that was not waited for', async () => {
      let query: () => Promise<unknown> = () => Promise.resolve();
      await run(async () => {
        const { manager } = fixture.unitOfWork;
        query = () => manager.query('SELECT FROM brands');
      });
      await expect(query()).rejects.toThrow('released');
    });
  });

  describe('that is durable', () => {
    const setting = async (): Promise<string | undefined> => {
      const [row] =
        await fixture.unitOfWork.manager.query<{ synchronous_commit: string }[]>('SHOW synchronous_commit');
      return row?.synchronous_commit;
    };

    it('waits for the log, whatever the server does by default', async () => {
      expect(await run(setting)).toBe('off');
      expect(await fixture.unitOfWork.run(workspaceId, setting, { durable: true })).toBe('on');
      expect(await run(setting)).toBe('off');
    });

    it('makes the one that it joins durable', async () => {
      const after = await run(async () => {
        await fixture.unitOfWork.run(workspaceId, () => Promise.resolve(), { durable: true });
        return setting();
      });
      expect(after).toBe('on');
    });
  });

  it('sweeps with the rights of the sweep role, without a workspace', async () => {
    await fixture.unitOfWork.sweep(async (manager) => {
      const [row] = await manager.query<{ role: string }[]>('SELECT current_user AS role');
      expect(row?.role).toBe('fanfare_sweep');
      expect(() => fixture.unitOfWork.workspaceId).toThrow(UnitOfWorkError);
      expect((await manager.query<unknown[]>('SELECT id FROM workspaces')).length).toBeGreaterThan(0);
    });
    const brands = fixture.unitOfWork.sweep((manager) => manager.query('SELECT FROM brands'));
    await expect(brands).rejects.toThrow('permission denied');
  });
});
