import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { knownClusterDir } from '../../src/common/database/embedded/placement.js';
import { identityOf } from '../../src/common/database/embedded/running-process.js';
import { SIMULATORS } from '../../src/sandbox/simulators.js';
import { childEnvironment } from '../support/child-environment.js';
import { eventually } from '../support/eventually.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PLATFORMS = SIMULATORS.map(({ key }) => key).sort();

/** `npm run demo` as a process. */
class Demo {
  private static readonly running = new Set<Demo>();
  output = '';
  readonly exited: Promise<unknown>;
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [path.join(ROOT, 'scripts/demo.mjs'), ...args], {
      cwd: ROOT,
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exited = once(this.child, 'close').finally(() => Demo.running.delete(this));
    Demo.running.add(this);
  }

  static async stopAll(): Promise<void> {
    await Promise.all([...Demo.running].map((demo) => demo.stop('SIGTERM')));
  }

  get exitCode(): number | null {
    return this.child.exitCode;
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.exited;
  }

  /** Waits until a line of the output matches, and gives what it has caught. */
  says(line: RegExp): Promise<string> {
    return eventually(
      () => {
        const found = line.exec(this.output);
        if (found === null && this.exitCode !== null)
          throw new Error(`ended with ${this.exitCode}: ${this.output}`);
        return found?.[1] ?? found?.[0];
      },
      { withinMs: 120_000 },
    );
  }

  /** The folders of this run that are there now. */
  folders(): string[] {
    const parent = process.getuid?.() === 0 ? '/tmp' : tmpdir();
    const own = readdirSync(parent).filter((name) => name.startsWith(`fanfare-demo-${this.child.pid}-`));
    return own.map((name) => path.join(parent, name));
  }

  /** Sandbox, engine and database server, once all of them run. */
  async pids(): Promise<number[]> {
    await this.says(/are up after/);
    const [folder = ''] = this.folders();
    const noted = readFileSync(path.join(folder, 'processes.json'), 'utf8');
    const children = [...noted.matchAll(/"name":"\w+","pid":(\d+)/g)].map(([, pid]) => Number(pid));
    const postmaster = readFileSync(path.join(await knownClusterDir(folder), 'postmaster.pid'), 'utf8');
    return [...children, Number.parseInt(postmaster, 10)];
  }

  async leftBehind(pids: readonly number[]): Promise<unknown[]> {
    const alive = await Promise.all(pids.map((pid) => identityOf(pid)));
    return [...alive.filter((identity) => identity !== undefined), ...this.folders()];
  }
}

describe('npm run demo', () => {
  afterEach(() => Demo.stopAll());

  it('publishes to every platform, exactly once, whatever bad luck two of them have, and leaves nothing behind', async () => {
    const demo = new Demo();
    const pids = await demo.pids();
    expect(pids).toHaveLength(3);
    await demo.exited;
    expect([demo.exitCode, demo.output]).toEqual([0, expect.stringContaining('As promised')]);
    const endOf = (platform: string): string | undefined =>
      [...demo.output.matchAll(new RegExp(`^ +${platform} .* (published|failed|unconfirmed)\\b`, 'gm'))].at(
        -1,
      )?.[1];
    const ends = PLATFORMS.map(endOf);
    expect(ends.filter((end) => end === 'published')).toHaveLength(PLATFORMS.length - 1);
    expect(ends.filter((end) => end === 'failed')).toHaveLength(1);
    expect(demo.output).toMatch(/ looking$/m);
    expect(demo.output).toMatch(/Looked on the platform for \S+: found/);
    expect(demo.output).toContain(
      `outcome partial; ${PLATFORMS.length - 1} of ${PLATFORMS.length} published`,
    );
    expect(await demo.leftBehind(pids)).toEqual([]);
  });

  it('stays up with --keep until it is interrupted', async () => {
    const demo = new Demo('--keep');
    const pids = await demo.pids();
    const api = await demo.says(/^ +API +(http\S+)$/m);
    const inbox = await demo.says(/^ +inbox +(http\S+)$/m);
    const key = await demo.says(/^ +API key +(fan_\S+)$/m);
    const posts = await fetch(`${api}/posts`, { headers: { authorization: `Bearer ${key}` } });
    expect(await posts.json()).toMatchObject({ items: [{ status: 'published' }] });
    expect(await (await fetch(inbox)).text()).toContain('Hello from Fanfare');
    await demo.stop('SIGINT');
    expect([demo.exitCode, await demo.leftBehind(pids)]).toEqual([0, []]);
  });

  it('leaves nothing behind when it is stopped half-way, nor what a killed one has left', async () => {
    const killed = new Demo();
    const left = await killed.pids();
    await killed.stop('SIGKILL');
    const demo = new Demo();
    const pids = await demo.pids();
    await demo.says(/^Connected/m);
    await demo.stop('SIGTERM');
    expect(demo.output).toContain('Stopped on request');
    expect([demo.exitCode, await demo.leftBehind(pids)]).toEqual([1, []]);
    await eventually(async () => (await killed.leftBehind(left)).length === 0, { withinMs: 40_000 });
  });
});
