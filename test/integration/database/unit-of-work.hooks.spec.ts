import { UnitOfWorkError } from '../../../src/common/database/index.js';
import { DatabaseFixture } from './database.fixture.js';

describe('the hooks of a unit of work', () => {
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

  it('run last and in order before the commit, with those that they add', async () => {
    const order: string[] = [];
    const { unitOfWork } = fixture;
    await run(async () => {
      unitOfWork.beforeCommit(async () => {
        order.push('first');
        unitOfWork.beforeCommit(async () => void order.push('third'));
        await fixture.addBrand('by a hook');
      });
      unitOfWork.beforeCommit(async () => void order.push('second'));
      await run(async () => void order.push('inner work'));
      order.push('work');
    });
    expect(order).toEqual(['inner work', 'work', 'first', 'second', 'third']);
    expect(await committed()).toEqual(['by a hook', 'old']);
  });

  it('before the commit let nothing be committed when one fails', async () => {
    const afterCommit = jest.fn();
    const failing = run(async () => {
      fixture.unitOfWork.afterCommit(afterCommit);
      fixture.unitOfWork.beforeCommit(() => Promise.reject(new Error('hook')));
      await fixture.addBrand('new');
    });
    await expect(failing).rejects.toThrow('hook');
    expect(afterCommit).not.toHaveBeenCalled();
    expect(await committed()).toEqual(['old']);
  });

  it('after the commit run when others can see it, outside the scope', async () => {
    let seen: unknown;
    await run(async () => {
      fixture.unitOfWork.afterCommit(async () => {
        expect(fixture.unitOfWork.isOpen).toBe(false);
        seen = await fixture.rows('SELECT name FROM brands WHERE workspace_id = $1 ORDER BY name', [
          workspaceId,
        ]);
      });
      await fixture.addBrand('new');
    });
    expect(seen).toEqual([{ name: 'new' }, { name: 'old' }]);
  });

  it('of an inner unit of work run only once the outer has committed', async () => {
    const afterCommit = jest.fn();
    await run(async () => {
      await run(async () => fixture.unitOfWork.afterCommit(afterCommit));
      expect(afterCommit).not.toHaveBeenCalled();
    });
    expect(afterCommit).toHaveBeenCalledTimes(1);
  });

  it('after the commit may fail without failing the work or one another', async () => {
    const next = jest.fn();
    const answer = await run(async () => {
      fixture.unitOfWork.afterCommit(() => Promise.reject(new Error('too late')));
      fixture.unitOfWork.afterCommit(next);
      return 'done';
    });
    expect(answer).toBe('done');
    expect(next).toHaveBeenCalled();
  });

  it.each(['manager', 'workspaceId'] as const)('are refused outside, as is the %s', (property) => {
    expect(() => fixture.unitOfWork[property]).toThrow(UnitOfWorkError);
    expect(() => fixture.unitOfWork.beforeCommit(() => Promise.resolve())).toThrow(UnitOfWorkError);
    expect(() => fixture.unitOfWork.afterCommit(() => undefined)).toThrow(UnitOfWorkError);
  });
});
