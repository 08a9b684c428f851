import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childEnvironment } from '../support/child-environment.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PLATFORMS = ['bluesky', 'email', 'mastodon', 'telegram'];
const INVARIANTS = [1, 2, 3, 5, 6, 7, 8, 10, 11, 12];
const LIMIT_MINUTES = 8;
/** Against hanging only; the run has a limit of its own. */
const LIMIT_MS = (LIMIT_MINUTES + 2) * 60_000;

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly pid: number;
}

/** `npm run chaos` as a process; ended like a person would when the test is over. */
async function chaos(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/chaos.mjs'), ...args], {
    cwd: ROOT,
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  await once(child, 'close');
  return { exitCode: child.exitCode, output, pid: child.pid ?? 0 };
}

function foldersOf(pid: number): string[] {
  const parent = process.getuid?.() === 0 ? '/tmp' : tmpdir();
  return readdirSync(parent).filter((name) => name.startsWith(`fanfare-chaos-${pid}-`));
}

interface Counts {
  readonly asked: number;
  readonly published: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly failedButLive: number;
  readonly unconfirmed: number;
  readonly incomplete: number;
}

/** The row of the platform: its name, then numbers. */
function countsOf(output: string, platform: string): Counts {
  const row = new RegExp(`^ +${platform} +([\\d ]+)$`, 'm').exec(output)?.[1];
  if (row === undefined) throw new Error(`no row of ${platform} in ${output}`);
  const numbers = row.trim().split(/ +/).map(Number);
  const at = (column: number): number => numbers[column] ?? Number.NaN;
  return {
    asked: at(0),
    published: at(1),
    duplicates: at(2),
    lost: at(3),
    failedButLive: at(4),
    unconfirmed: at(5),
    incomplete: at(6),
  };
}

describe('npm run chaos', () => {
  it(
    'loses nothing and doubles nothing under kills, lost answers and outages, and leaves nothing behind',
    async () => {
      const limits = ['--posts', '60', '--minutes', String(LIMIT_MINUTES)];
      const { exitCode, output, pid } = await chaos('--seed', '1', ...limits);
      expect([exitCode, output]).toEqual([0, expect.stringContaining('As promised')]);
      const counts = PLATFORMS.map((platform) => countsOf(output, platform));
      for (const each of counts) expect(each).toMatchObject({ duplicates: 0, lost: 0, failedButLive: 0 });
      for (const readable of ['bluesky', 'mastodon']) {
        expect(countsOf(output, readable)).toMatchObject({ unconfirmed: 0, incomplete: 0 });
      }
      expect(counts.reduce((sum, { asked }) => sum + asked, 0)).toBe(60);
      for (const no of INVARIANTS) expect(output).toMatch(new RegExp(`^ +${no} +ok `, 'm'));
      expect(foldersOf(pid)).toEqual([]);
    },
    LIMIT_MS,
  );

  it('refuses numbers that make no sense', async () => {
    const { exitCode, output } = await chaos('--seed', 'x');
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('--seed is a whole number from 1 to 4294967295, not "x".'),
    ]);
  });
});
