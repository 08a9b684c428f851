import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Backup } from '../support/backup.js';
import { childEnvironment } from '../support/child-environment.js';
import { eventually } from '../support/eventually.js';
import { Installation, simulated, statusesOf } from '../support/kill/installation.js';

const root = path.resolve(import.meta.dirname, '../..');
const hour = 60 * 60_000;

describe('fanfare restored', () => {
  let installation: Installation;
  let backup: Backup | null = null;

  beforeEach(async () => {
    installation = await Installation.start();
  });
  afterEach(async () => {
    await backup?.drop();
    await installation.close();
  });

  const restored = (...args: string[]): { code: number | null; output: string } => {
    const ran = spawnSync(process.execPath, ['dist/src/cli.js', 'restored', ...args], {
      cwd: root,
      env: childEnvironment(installation.env),
      encoding: 'utf8',
    });
    return { code: ran.status, output: ran.stdout + ran.stderr };
  };
  const shown = (): Record<string, number> =>
    Object.fromEntries(simulated.map((platform) => [platform, installation.control.inbox(platform).length]));

  it('brings back an installation whose posts went out after the backup, without a single duplicate', async () => {
    const first = await installation.process();
    const api = await installation.api(first);
    const accounts: string[] = [];
    for (const platform of simulated) accounts.push(await api.connect(platform, installation.control));
    const post = await api.call('POST', '/posts', {
      text: 'Went out after the backup',
      scheduledFor: new Date(Date.now() + hour).toISOString(),
      targets: accounts.map((accountId) => ({ accountId })),
    });
    const postId = String(post['id']);
    const planned = async (): Promise<boolean> =>
      (await installation.rows('SELECT id FROM publications')).length === accounts.length;
    await eventually(planned);
    await first.end('SIGTERM');
    backup = await Backup.of(installation.database);

    // The lost time.
    await installation.advance(hour + 60_000);
    const second = await installation.process();
    const before = await installation.settled(await installation.api(second), postId);
    expect(Object.values(statusesOf(before))).toEqual(accounts.map(() => 'published'));
    const inboxes = shown();
    const since = backup.since.toISOString();
    expect(restored('--since', since)).toMatchObject({
      code: 1,
      output: expect.stringContaining('Stop every process first'),
    });
    await second.end('SIGTERM');
    await backup.restore();

    const foreseen = restored('--since', since, '--dry-run');
    expect(foreseen).toMatchObject({ code: 0, output: expect.stringContaining('Nothing was changed.') });
    const marked = restored('--since', since);
    expect(marked.output).toContain('4 were marked');
    expect(marked.output).toContain('2 will be looked for');
    expect(restored('--since', since).output).toContain('0 were marked');

    const third = await installation.process();
    const after = await installation.settled(await installation.api(third), postId);
    expect(statusesOf(after)).toEqual({
      bluesky: 'published',
      mastodon: 'published',
      telegram: 'unconfirmed',
      email: 'unconfirmed',
    });
    expect(shown()).toEqual(inboxes);
    await third.end('SIGTERM');
  });

  it.each([
    [[], 'Give --since'],
    [['--since', 'yesterday'], 'Give --since'],
    [['--since', '2026-05-01T03:00:00'], 'with its zone'],
    [['--since', '2026-05-01T03:00:00Z', '--force'], '"--force" is not understood'],
  ])('refuses %j and says how to ask', (args, said) => {
    const { code, output } = restored(...args);
    expect(code).toBe(1);
    expect(output).toContain(said);
  });
});
