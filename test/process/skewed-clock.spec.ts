import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../support/child-environment.js';

const hour = 3_600_000;
const module = path.resolve(import.meta.dirname, '../support/kill/skewed-clock.mjs');

describe('a process whose wall clock a test puts wrong', () => {
  it.each([-24, 24])('reads a time that is %d hours off, by each of the ways to read it', async (hours) => {
    const program = 'console.log(JSON.stringify([Date.now(), new Date().getTime(), new Date(5).getTime()]))';
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', module, '-e', program], {
      env: childEnvironment({ CLOCK_SKEW_MS: String(hours * hour) }),
    });
    const [now, made, given] = JSON.parse(stdout) as number[];
    for (const read of [now, made]) {
      expect(Math.abs((read ?? 0) - Date.now() - hours * hour)).toBeLessThan(hour);
    }
    expect(given).toBe(5);
  });
});
