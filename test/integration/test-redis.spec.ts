import { Redis } from 'ioredis';
import { startTestRedis, type TestRedis } from '../support/redis.js';
import { describeWith } from '../support/requirements.js';

describeWith('redis', 'a test Redis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startTestRedis();
  });

  afterAll(async () => {
    await redis.stop();
  });

  it('answers and is empty', async () => {
    const client = new Redis(redis.url, { maxRetriesPerRequest: null });
    expect(await client.ping()).toBe('PONG');
    expect(await client.dbsize()).toBe(0);
    await client.quit();
  });
});
