import { Redis } from 'ioredis';
import { eventually } from '../support/eventually.js';
import type { ApiClient } from '../support/kill/api-client.js';
import { Installation, type Simulated, statusesOf } from '../support/kill/installation.js';
import { startTestRedis, type TestRedis } from '../support/redis.js';
import { describeWith } from '../support/requirements.js';

const minute = 60_000;

let installation: Installation;

afterEach(() => installation.close());

/** A post of its own for each platform; `inMs` milliseconds from now by the clock that all processes compare their times by. */
async function postTo(api: ApiClient, platform: Simulated, inMs: number | null): Promise<string> {
  const accountId = await api.connect(platform, installation.control);
  const [clock] = await installation.rows('SELECT fanfare.now() AS now');
  const now = clock?.['now'] as Date;
  const scheduledFor = inMs === null ? 'now' : new Date(now.getTime() + inMs).toISOString();
  const post = await api.call('POST', '/posts', {
    text: 'Recovered',
    scheduledFor,
    targets: [{ accountId }],
  });
  return String(post['id']);
}

async function isOutOnce(api: ApiClient, postId: string, platform: Simulated): Promise<void> {
  expect(statusesOf(await installation.settled(api, postId))).toEqual({ [platform]: 'published' });
  expect(installation.visibleCalls(platform)).toBe(1);
  expect(installation.control.inbox(platform)).toHaveLength(1);
}

/** Whether each call, of those that anybody may see, came at its time or later. */
async function inTime(): Promise<unknown[]> {
  const calls = await installation.rows(
    `SELECT k.started_at >= p.due_at AS in_time FROM calls k JOIN publications p ON p.id = k.publication_id`,
  );
  return calls.map((call) => call['in_time']);
}

describeWith('redis', 'a queue in Redis', () => {
  let redis: TestRedis;

  beforeEach(async () => {
    redis = await startTestRedis();
  });
  afterEach(() => redis.stop());

  it('may be flushed under a call and before a post is due: both go out, once', async () => {
    installation = await Installation.start({ REDIS_URL: redis.url });
    const process = await installation.process();
    const api = await installation.api(process);
    const held = installation.hold('telegram', 'after');
    const underWay = await postTo(api, 'telegram', null);
    await installation.isHeld(held);
    const waiting = await postTo(api, 'bluesky', 2 * minute);
    const handedOver = `SELECT count(*)::int AS count FROM plans WHERE handed_over_at IS NOT NULL`;
    await eventually(async () => (await installation.rows(handedOver))[0]?.['count'] === 2);

    const client = new Redis(redis.url);
    await client.flushall();
    await client.quit();
    installation.control.releaseBarrier(held, 'proceed');
    await isOutOnce(api, underWay, 'telegram');
    await installation.advance(3 * minute);
    await isOutOnce(api, waiting, 'bluesky');
    await process.end('SIGTERM');
  });
});

describe('a process whose wall clock is off', () => {
  it.each([
    ['three seconds behind the others', -3_000],
    ['three seconds ahead of the others', 3_000],
  ])('by being %s sends nothing early and nothing twice', async (_how, skewMs) => {
    installation = await Installation.start();
    const right = await installation.process({ FANFARE_ROLE: 'api' });
    const skewed = await installation.process({ FANFARE_ROLE: 'all', CLOCK_SKEW_MS: String(skewMs) });
    const api = await installation.api(right);
    const postId = await postTo(api, 'bluesky', 6_000);
    await isOutOnce(api, postId, 'bluesky');
    expect(await inTime()).toEqual([true]);
    await skewed.end('SIGTERM');
    await right.end('SIGTERM');
  });
});

describe('a clock that jumps', () => {
  it('back under a call, and forward before a post is due, loses nothing and doubles nothing', async () => {
    installation = await Installation.start();
    const process = await installation.process();
    const api = await installation.api(process);
    const jumps = (): number => process.output.split('the wall clock jumped').length - 1;
    const held = installation.hold('telegram', 'after');
    const underWay = await postTo(api, 'telegram', null);
    await installation.isHeld(held);
    await installation.advance(-10 * minute);
    await eventually(() => jumps() > 0);
    installation.control.releaseBarrier(held, 'proceed');
    await isOutOnce(api, underWay, 'telegram');

    const before = jumps();
    const waiting = await postTo(api, 'bluesky', 2 * minute);
    await installation.advance(3 * minute);
    await eventually(() => jumps() > before);
    await isOutOnce(api, waiting, 'bluesky');
    expect(await inTime()).toEqual([true, true]);
    await process.end('SIGTERM');
  });
});
