import { setTimeout as pause } from 'node:timers/promises';
import { Queue, setDefaultBackendFactory, Worker } from 'bullmq';
import { importBuilt } from '../../scripts/lib/build.mjs';

const CONCURRENCY = 64;
const POSTGRES_CONNECTIONS = 6;
const AT_ONCE = 100;

/** A queue of the same kind as the engine's, over the same store. */
function connectionOf({ REDIS_URL, DATABASE_URL }) {
  if (REDIS_URL) return { url: REDIS_URL, maxRetriesPerRequest: null };
  return { connectionString: DATABASE_URL, options: '-c role=fanfare_app', max: POSTGRES_CONNECTIONS };
}

/** Its login may use the tables of the queue, and has no right to create any. */
async function enginesBackend() {
  const { createPersistentBackend } = await importBuilt('src/common/queue/persistent.backend.js');
  return createPersistentBackend;
}

/**
 * What the queue alone makes of a burst: so many jobs that do nothing, due in one second.
 * @param {{ env: NodeJS.ProcessEnv, signal: AbortSignal }} installation
 * @param {number} count
 * @returns {Promise<number[]>} milliseconds of lateness of each job
 */
export async function idleBurst({ env, signal }, count) {
  setDefaultBackendFactory(env.REDIS_URL ? undefined : await enginesBackend());
  const options = { connection: connectionOf(env) };
  const queue = new Queue('bench-noop', options);
  await queue.waitUntilReady();
  const lateness = [];
  // Adding takes a while, and nothing is due before everything is there.
  const addingMs = 2_000 + count * 10;
  const dueAt = Date.now() + addingMs;
  const jobs = Array.from({ length: count }, (_, index) => ({
    name: 'noop',
    data: { dueAt: dueAt + Math.floor((index / count) * 1_000) },
  }));
  // One by one as the engine does it: BullMQ makes a sequence for what is added in bulk, and the engine's login may not.
  for (let from = 0; from < jobs.length; from += AT_ONCE)
    await Promise.all(
      jobs.slice(from, from + AT_ONCE).map(({ name, data }, index) =>
        queue.add(name, data, {
          jobId: `noop.${from + index}.x`,
          delay: Math.max(0, data.dueAt - Date.now()),
          attempts: 1,
          removeOnComplete: true,
        }),
      ),
    );
  const worker = new Worker(
    'bench-noop',
    ({ data }) => {
      lateness.push(Date.now() - data.dueAt);
      return Promise.resolve();
    },
    { ...options, concurrency: CONCURRENCY },
  );
  try {
    while (lateness.length < count) await pause(100, undefined, { signal });
  } finally {
    await worker.close();
    await queue.close();
  }
  return lateness;
}
