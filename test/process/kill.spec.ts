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

/** Platforms whose visible calls do not build on one another. */
const independent: ReadonlySet<Platform> = new Set(['email']);

interface LedgerPoint {
  readonly name: string;
  readonly position: 'before' | 'after';
  /** Which visible call of the publication is held; 0 is a repeatable call before the first. */
  readonly nth: 0 | 1 | 2;
}

const points: readonly LedgerPoint[] = [
  { name: 'repeatable call held, no commit yet', position: 'before', nth: 0 },
  { name: 'repeatable call done, answer lost', position: 'after', nth: 0 },
  { name: 'first call recorded, platform has not acted', position: 'before', nth: 1 },
  { name: 'first call acted on, answer lost', position: 'after', nth: 1 },
  { name: 'second call recorded, platform has not acted', position: 'before', nth: 2 },
  { name: 'second call acted on, answer lost', position: 'after', nth: 2 },
];

/** A call that may be repeated, made before the first visible one. Telegram takes bytes and post in one call. */
const repeatableOperation: Record<Platform, string | null> = {
  bluesky: 'com.atproto.repo.uploadBlob',
  mastodon: 'media.create',
  telegram: null,
  email: 'smtp.auth',
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
    const held = platforms.filter((platform) => point.nth > 0 || repeatableOperation[platform] !== null);
    const first = new EngineProcess(env, await freePort());
    await first.ready();
    const key = await keyOf(dataDir);
    const api = new ApiClient(first.url, key);
    const accounts = new Map<Platform, string>();
    for (const platform of held) accounts.set(platform, await api.connect(platform, sandbox.control));
    const barriers = held.map((platform) => hold(sandbox, platform, point));

    const postId = await schedule(api, accounts);
    await Promise.all(barriers.map((id) => isHeld(sandbox, id)));
    await first.end();
    const mode = point.position === 'before' ? 'drop' : 'proceed';
    for (const id of barriers) sandbox.control.releaseBarrier(id, mode);

    // Past every lease: a call's deadline and 15 s.
    await query(database.adminUrl, 'UPDATE fanfare.clock_offset SET milliseconds = milliseconds + 240000');
    const second = new EngineProcess(env, await freePort());
    await second.ready();
    const post = await settled(new ApiClient(second.url, key), postId);
    await second.end('SIGTERM');

    for (const platform of platforms) matrix.set(`${point.name}/${platform}`, 'makes no such call');
    for (const target of post['targets'] as { platform: Platform; publication: { status: string } }[]) {
      const shown = sandbox.control.inbox(target.platform).length;
      const { status } = target.publication;
      matrix.set(`${point.name}/${target.platform}`, `${status}, ${shown} of ${complete}`);
      assertOnce(target.platform, status, shown, point);
    }
    expect(sandbox.control.unexpected()).toEqual([]);
  });
});

function isHeld(sandbox: Sandbox, id: string): Promise<boolean> {
  const look = async (): Promise<boolean> =>
    (await sandbox.control.waitForBarrier(id, 250))?.state === 'held';
  return eventually(look, { withinMs: 60_000 });
}

function settled(api: ApiClient, postId: string): Promise<Record<string, unknown>> {
  return eventually(
    async () => {
      const view = await api.call('GET', `/posts/${postId}`);
      return view['status'] === 'processing' || view['status'] === 'scheduled' ? undefined : view;
    },
    { withinMs: 120_000, everyMs: 250 },
  );
}

function assertOnce(platform: Platform, status: string, shown: number, point: LedgerPoint): void {
  expect(shown).toBeLessThanOrEqual(complete);
  if (readable.has(platform) || point.nth === 0) {
    expect({ platform, status, shown }).toEqual({ platform, status: 'published', shown: complete });
    return;
  }
  // Whatever is not known is never sent again. Mails to other recipients do not wait for it; parts of one message do.
  const others = independent.has(platform) ? complete - 1 : point.nth - 1;
  expect(shown).toBe(others + (point.position === 'after' ? 1 : 0));
  expect(status).toBe(point.nth === 1 ? 'unconfirmed' : 'published');
}

/** The first API key lies in a file that only its owner may read. */
async function keyOf(dataDir: string): Promise<string> {
  return (await readFile(path.join(dataDir, 'first-api-key'), 'utf8')).trim();
}

function hold(sandbox: Sandbox, platform: Platform, { nth, position }: LedgerPoint): string {
  const operation = repeatableOperation[platform];
  const visible = platform === 'email' ? { operation: 'smtp.data' } : { visible: true };
  const match = nth === 0 && operation !== null ? { operation, nth: 1 } : { ...visible, nth };
  return sandbox.control.addBarrier({ platform, ...match, position, count: 1 }).id;
}

/** A post that makes two visible calls on every platform. */
async function schedule(api: ApiClient, accounts: ReadonlyMap<Platform, string>): Promise<string> {
  const picture = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
  const media = await api.upload(picture, 'square.png', 'image/png');
  const thread = [{ text: 'The second part' }];
  const square = [{ id: media, altText: 'A square' }];
  const own: Record<Platform, object> = {
    bluesky: { thread, media: square },
    mastodon: { thread, media: square },
    telegram: { text: 'Longer than a caption. '.repeat(60), media: square },
    email: {},
  };
  const post = await api.call('POST', '/posts', {
    text: 'A post that is interrupted',
    scheduledFor: 'now',
    targets: [...accounts].map(([platform, accountId]) => ({ accountId, ...own[platform] })),
  });
  return String(post['id']);
}
