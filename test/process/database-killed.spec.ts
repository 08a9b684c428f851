import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stopOrphan } from '../../src/common/database/embedded/index.js';
import { knownClusterDir } from '../../src/common/database/embedded/placement.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { ApiClient } from '../support/kill/api-client.js';
import { statusesOf } from '../support/kill/installation.js';
import { Started } from './started.js';

const platforms = ['bluesky', 'telegram'] as const;

describe('PostgreSQL that is killed while platforms hold their answers', () => {
  let dataDir: string;
  let sandbox: Sandbox;

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'fanfare-database-killed-'));
    await chmod(dataDir, 0o755);
    sandbox = await startSandbox({ port: 0 });
  });

  afterEach(async () => {
    await Started.stopAll();
    await stopOrphan(dataDir);
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const serverPid = async (): Promise<number> =>
    Number.parseInt(await readFile(path.join(await knownClusterDir(dataDir), 'postmaster.pid'), 'utf8'), 10);

  it('gets every answer when it is back, and nothing is sent twice', async () => {
    const started = new Started(dataDir, await freePort(), sandbox.control.env());
    await started.answers('/health/ready');
    const key = await readFile(path.join(dataDir, 'first-api-key'), 'utf8');
    const api = new ApiClient(started.url, key.trim());
    const held = platforms.map(
      (platform) =>
        sandbox.control.addBarrier({ platform, visible: true, nth: 1, position: 'after', count: 1 }).id,
    );
    const targets: object[] = [];
    for (const platform of platforms)
      targets.push({ accountId: await api.connect(platform, sandbox.control) });
    const body = { text: 'Kept', scheduledFor: 'now', targets };
    const postId = String((await api.call('POST', '/posts', body))['id']);
    for (const barrier of held) {
      await eventually(async () => (await sandbox.control.waitForBarrier(barrier, 250))?.state === 'held', {
        withinMs: 90_000,
      });
    }

    const killed = await serverPid();
    process.kill(killed, 'SIGKILL');
    for (const barrier of held) sandbox.control.releaseBarrier(barrier, 'proceed');
    await eventually(async () => (await serverPid()) !== killed);
    await started.answers('/health/ready');
    // Nobody could tell of Telegram, had its answer been lost.
    const statuses = await eventually(
      async () => {
        const post = await api.call('GET', `/posts/${postId}`);
        return post['status'] === 'processing' ? undefined : statusesOf(post);
      },
      { withinMs: 150_000, everyMs: 250 },
    );
    expect(statuses).toEqual({ bluesky: 'published', telegram: 'published' });
    for (const platform of platforms) {
      expect(sandbox.control.calls(platform).filter(({ visible }) => visible)).toHaveLength(1);
      expect(sandbox.control.inbox(platform)).toHaveLength(1);
    }
  });
});
