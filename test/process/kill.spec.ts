import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { ApiClient } from '../support/kill/api-client.js';
import { EngineProcess } from '../support/kill/engine-process.js';
import { query } from '../support/query.js';

const platforms = ['bluesky', 'mastodon', 'telegram', 'email'] as const;
type Platform = (typeof platforms)[number];

/** Platforms whose outcome can be read back; the others may end unconfirmed. */
const readable: ReadonlySet<Platform> = new Set(['bluesky', 'mastodon']);

interface LedgerPoint {
  readonly name: string;
  readonly position: 'before' | 'after';
  /** Which visible call of the publication is held. */
  readonly nth: 1 | 2;
}

const points: readonly LedgerPoint[] = [
  { name: 'first call recorded, platform has not acted', position: 'before', nth: 1 },
  { name: 'first call acted on, answer lost', position: 'after', nth: 1 },
  { name: 'second call recorded, platform has not acted', position: 'before', nth: 2 },
  { name: 'second call acted on, answer lost', position: 'after', nth: 2 },
];

/** Operations that make something visible, by platform. */
const visibleOperation: Record<Platform, string | undefined> = {
  bluesky: undefined,
  mastodon: undefined,
  telegram: undefined,
  email: 'smtp.data',
};

/** What one publication shows when everything of it went out: thread parts, a long caption's second message, recipients. */
const complete = 2;
const matrix = new Map<string, string>();

describe('a process that is killed with SIGKILL', () => {
  let sandbox: Sandbox;
  let database: TestDatabase;
  let dataDir: string;
  let env: Record<string, string>;

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0 });
    database = await createTestDatabase();
    dataDir = await mkdtemp(path.join(tmpdir(), 'fanfare-kill-'));
    env = {
      ...sandbox.control.env(),
      DATABASE_URL: database.appUrl,
      DATABASE_MIGRATION_URL: database.ownerUrl,
      FANFARE_DATA_DIR: dataDir,
      FANFARE_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      FANFARE_SIGNING_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'warn',
    };
  });

  afterEach(async () => {
    await EngineProcess.endAll();
    await sandbox.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  afterAll(() => {
    const lines = points.flatMap((point) =>
      platforms.map(
        (platform) => `  ${point.name} × ${platform}: ${matrix.get(`${point.name}/${platform}`) ?? 'BLANK'}`,
      ),
    );
    process.stdout.write(
      `\nKill matrix (ledger point × platform: end state, entries in the inbox)\n${lines.join('\n')}\n`,
    );
    expect(matrix.size).toBe(points.length * platforms.length);
  });

  it.each(points)('never doubles and never loses a post: $name', async (point) => {
    const first = new EngineProcess(env, await freePort());
    await first.ready();
    const key = await keyOf(dataDir);
    const api = new ApiClient(first.url, key);
    const accounts = new Map<Platform, string>();
    for (const platform of platforms) accounts.set(platform, await api.connect(platform, sandbox.control));
    const barriers = platforms.map((platform) => ({ platform, id: hold(sandbox, platform, point) }));

    const postId = await schedule(api, accounts);
    await Promise.all(
      barriers.map(({ id }) =>
        eventually(async () => (await sandbox.control.waitForBarrier(id, 250))?.state === 'held', {
          withinMs: 60_000,
        }),
      ),
    );
    await first.end();
    for (const { id } of barriers)
      sandbox.control.releaseBarrier(id, point.position === 'before' ? 'drop' : 'proceed');

    // Past every lease: a call's deadline and 15 s.
    await query(database.adminUrl, 'UPDATE fanfare.clock_offset SET milliseconds = milliseconds + 240000');
    const second = new EngineProcess(env, await freePort());
    await second.ready();
    const again = new ApiClient(second.url, key);
    const post = await eventually(
      async () => {
        const view = await again.call('GET', `/posts/${postId}`);
        return view['status'] === 'processing' || view['status'] === 'scheduled' ? undefined : view;
      },
      { withinMs: 120_000, everyMs: 250 },
    );
    await second.end('SIGTERM');

    for (const target of post['targets'] as { platform: Platform; publication: { status: string } }[]) {
      const shown = sandbox.control.inbox(target.platform).length;
      const { status } = target.publication;
      matrix.set(`${point.name}/${target.platform}`, `${status}, ${shown} of ${complete}`);
      assertOnce(target.platform, status, shown, point);
    }
    expect(sandbox.control.unexpected()).toEqual([]);
  });
});

function assertOnce(platform: Platform, status: string, shown: number, point: LedgerPoint): void {
  expect(shown).toBeLessThanOrEqual(complete);
  if (readable.has(platform)) {
    expect({ platform, status, shown }).toEqual({ platform, status: 'published', shown: complete });
    return;
  }
  // What was shown before the kill stays as it is; whatever is not known is never sent again.
  expect(shown).toBe(point.nth - 1 + (point.position === 'after' ? 1 : 0));
  expect(status).toBe(point.nth === 1 ? 'unconfirmed' : 'published');
}

/** The first API key lies in a file that only its owner may read. */
async function keyOf(dataDir: string): Promise<string> {
  return (await readFile(path.join(dataDir, 'first-api-key'), 'utf8')).trim();
}

function hold(sandbox: Sandbox, platform: Platform, point: LedgerPoint): string {
  const operation = visibleOperation[platform];
  const match = operation === undefined ? { visible: true } : { operation };
  return sandbox.control.addBarrier({
    platform,
    ...match,
    nth: point.nth,
    position: point.position,
    count: 1,
  }).id;
}

/** A post that makes two visible calls on every platform. */
async function schedule(api: ApiClient, accounts: ReadonlyMap<Platform, string>): Promise<string> {
  const picture = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
  const media = await api.upload(picture, 'square.png', 'image/png');
  const thread = [{ text: 'The second part' }];
  const post = await api.call('POST', '/posts', {
    text: 'A post that is interrupted',
    scheduledFor: 'now',
    targets: [
      { accountId: accounts.get('bluesky'), thread },
      { accountId: accounts.get('mastodon'), thread },
      {
        accountId: accounts.get('telegram'),
        text: 'Longer than a caption. '.repeat(60),
        media: [{ id: media, altText: 'A square' }],
      },
      { accountId: accounts.get('email') },
    ],
  });
  return String(post['id']);
}
