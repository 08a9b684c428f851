import { eventually } from '../support/eventually.js';
import type { ApiClient } from '../support/kill/api-client.js';
import type { EngineProcess } from '../support/kill/engine-process.js';
import { Installation, type Simulated, statusesOf } from '../support/kill/installation.js';

/** Longer than any lease beyond any call's deadline. */
const leaseIsOverMs = 4 * 60_000;
/** Key of the advisory lock that stands in the way of a commit's end. */
const fenceLock = 4_711;

describe('a process that is interrupted', () => {
  let installation: Installation;

  beforeEach(async () => {
    installation = await Installation.start();
  });
  afterEach(() => installation.close());

  const postTo = async (api: ApiClient, platforms: readonly Simulated[], thread = false): Promise<string> => {
    const targets: object[] = [];
    for (const platform of platforms) {
      const accountId = await api.connect(platform, installation.control);
      targets.push({ accountId, ...(thread ? { thread: [{ text: 'The second part' }] } : {}) });
    }
    const post = await api.call('POST', '/posts', { text: 'Interrupted', scheduledFor: 'now', targets });
    return String(post['id']);
  };
  const isStopping = (process: EngineProcess): Promise<true> =>
    eventually(() => process.output.includes('waiting for calls under way'));
  /** Another process finds out what became of it. */
  const takenOver = async (postId: string): Promise<Record<string, string>> => {
    await installation.advance(leaseIsOverMs);
    const other = await installation.process();
    const statuses = statusesOf(await installation.settled(await installation.api(other), postId));
    await other.end('SIGTERM');
    return statuses;
  };

  it('stores the answer that comes after SIGTERM, begins no other call, and another process goes on behind it', async () => {
    const process = await installation.process();
    const held = installation.hold('bluesky', 'after');
    const postId = await postTo(await installation.api(process), ['bluesky'], true);
    await installation.isHeld(held);
    process.signal('SIGTERM');
    await isStopping(process);
    installation.control.releaseBarrier(held, 'proceed');
    await process.ended();

    expect(await installation.rows('SELECT commit_key, outcome FROM calls')).toEqual([
      { commit_key: 'part:0', outcome: 'done' },
    ]);
    expect(installation.visibleCalls('bluesky')).toBe(1);
    expect(await takenOver(postId)).toEqual({ bluesky: 'published' });
    expect(installation.visibleCalls('bluesky')).toBe(2);
    expect(installation.control.inbox('bluesky')).toHaveLength(2);
  });

  it('stores what hangs at SIGTERM as unknown and ends within half a minute', async () => {
    const process = await installation.process();
    const held = installation.hold('telegram', 'before');
    const postId = await postTo(await installation.api(process), ['telegram']);
    await installation.isHeld(held);
    process.signal('SIGTERM');
    await process.ended();

    expect(await installation.rows('SELECT outcome FROM calls')).toEqual([{ outcome: 'unknown' }]);
    installation.control.releaseBarrier(held, 'drop');
    expect(await takenOver(postId)).toEqual({ telegram: 'unconfirmed' });
    expect(installation.visibleCalls('telegram')).toBe(1);
    expect(installation.control.inbox('telegram')).toEqual([]);
  });

  it('sends nothing late when it was suspended between the fence and the call', async () => {
    const platforms = ['bluesky', 'telegram'] as const;
    const process = await installation.process();
    const opened = await installation.holdFence(fenceLock, platforms.length);
    const postId = await postTo(await installation.api(process), platforms);
    await opened.reached();
    process.signal('SIGSTOP');
    await opened.release();
    await eventually(
      async () => (await installation.rows('SELECT id FROM calls')).length === platforms.length,
    );
    const suspendedAt = performance.now();

    expect(await takenOver(postId)).toEqual({ bluesky: 'published', telegram: 'unconfirmed' });
    // The send window is over, by the clock of the process itself.
    await eventually(() => performance.now() - suspendedAt > 6_000);
    process.signal('SIGCONT');
    const refused = `SELECT count(*)::int AS count FROM calls WHERE no = 1 AND outcome = 'refused'`;
    await eventually(async () => (await installation.rows(refused))[0]?.['count'] === platforms.length);

    // It is proven now that nothing was sent: what nobody could tell goes out, once.
    await eventually(() => installation.control.inbox('telegram').length === 1, { withinMs: 60_000 });
    const api = await installation.api(process);
    await eventually(async () => (await api.call('GET', `/posts/${postId}`))['status'] === 'published', {
      withinMs: 60_000,
    });
    for (const platform of platforms) {
      expect(installation.visibleCalls(platform)).toBe(1);
      expect(installation.control.inbox(platform)).toHaveLength(1);
    }
    await process.end('SIGTERM');
  });

  it('brings its answer after it was suspended while the call was under way', async () => {
    const platforms = ['bluesky', 'telegram'] as const;
    const process = await installation.process();
    const held = platforms.map((platform) => installation.hold(platform, 'after'));
    const postId = await postTo(await installation.api(process), platforms);
    for (const barrier of held) await installation.isHeld(barrier);
    process.signal('SIGSTOP');
    expect(await takenOver(postId)).toEqual({ bluesky: 'published', telegram: 'unconfirmed' });
    for (const barrier of held) installation.control.releaseBarrier(barrier, 'proceed');
    process.signal('SIGCONT');

    const api = await installation.api(process);
    await eventually(async () => (await api.call('GET', `/posts/${postId}`))['status'] === 'published', {
      withinMs: 60_000,
    });
    for (const platform of platforms) {
      expect(installation.control.inbox(platform)).toHaveLength(1);
      expect(installation.visibleCalls(platform)).toBe(1);
    }
    await process.end('SIGTERM');
  });

  it('goes on when the schema of the queue is dropped under it and made again', async () => {
    const process = await installation.process();
    const api = await installation.api(process);
    const held = installation.hold('bluesky', 'before');
    const first = await postTo(api, ['bluesky']);
    await installation.isHeld(held);
    await installation.loseQueue();
    installation.control.releaseBarrier(held, 'proceed');
    const second = await postTo(api, ['mastodon']);
    expect(statusesOf(await installation.settled(api, first))).toEqual({ bluesky: 'published' });
    expect(statusesOf(await installation.settled(api, second))).toEqual({ mastodon: 'published' });
    expect([installation.visibleCalls('bluesky'), installation.visibleCalls('mastodon')]).toEqual([1, 1]);
    await process.end('SIGTERM');
  });
});
