import { describeWith } from '../../support/requirements.js';
import { Notes, Process, redisStore } from './queue.fixture.js';
import { queueSuite } from './queue.suite.js';

// First, because BullMQ's last timers for a server that is gone run out a few seconds after the process has ended.
describeWith('redis', 'the queue whose Redis is gone', () => {
  it('refuses a job in time instead of waiting for the server, and the process still ends', async () => {
    const store = await redisStore();
    const process = await Process.start(store, new Notes());
    await process.add('before');
    await store.stop();
    await expect(process.add('after')).rejects.toThrow();
    await expect(process.queue.ping()).rejects.toThrow();
    await process.stop();
  });
});

describeWith('redis', 'the queue on Redis', () => {
  queueSuite(redisStore);
});
