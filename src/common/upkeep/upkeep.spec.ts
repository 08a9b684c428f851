import { Logger } from '@nestjs/common';
import { parseConfig } from '../config/index.js';
import { Upkeep } from './upkeep.js';

class Work extends Upkeep {
  protected override readonly failed = 'it has failed';
  begun = 0;
  end = (): void => undefined;
  fail = (): void => undefined;

  protected override work(): Promise<void> {
    this.begun += 1;
    return new Promise<void>((resolve, reject) => {
      this.end = resolve;
      this.fail = () => {
        reject(new Error('as told'));
      };
    });
  }
}

const workOf = (role: string): Work =>
  new Work(
    parseConfig(
      {
        DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
        FANFARE_ROLE: role,
        LOG_LEVEL: 'silent',
        FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
        FANFARE_SIGNING_KEY: Buffer.alloc(32, 9).toString('base64'),
      },
      [],
    ),
  );
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what is done again and again', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it.each([
    ['all', 1],
    ['scheduler', 1],
    ['worker', 0],
    ['api', 0],
  ])('is done in a process of the role %s %d times', (role, times) => {
    const work = workOf(role);
    work.tick();
    expect(work.begun).toBe(times);
  });

  it('is not begun again while it lasts, but after it has ended, well or not', async () => {
    const work = workOf('all');
    work.tick();
    work.tick();
    expect(work.begun).toBe(1);
    work.end();
    await soon();
    work.tick();
    expect(work.begun).toBe(2);
    work.fail();
    await soon();
    work.tick();
    expect(work.begun).toBe(3);
  });

  it('is waited for by a process that goes, and not begun any more', async () => {
    const work = workOf('all');
    work.tick();
    let gone = false;
    const going = work.beforeApplicationShutdown().then(() => (gone = true));
    await soon();
    expect(gone).toBe(false);
    work.end();
    await going;
    work.tick();
    expect(work.begun).toBe(1);
  });
});
