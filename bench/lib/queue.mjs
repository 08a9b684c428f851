import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBackend, Queue, setDefaultBackendFactory, Worker } from 'bullmq';

const CONCURRENCY = 64;
const POSTGRES_CONNECTIONS = 6;

/** A queue of the same kind as the engine's, over the same store. */
function connectionOf({ REDIS_URL, DATABASE_URL }) {
  if (REDIS_URL) return { url: REDIS_URL, maxRetriesPerRequest: null };
  return { connectionString: DATABASE_URL, options: '-c role=fanfare_app', max: POSTGRES_CONNECTIONS };
}

/**
 * What the queue alone makes of a burst: so many jobs that do nothing, due in one second.
 * @param {{ env: NodeJS.ProcessEnv, signal: AbortSignal }} installation
 * @param {number} count
 * @returns {Promise<number[]>} milliseconds of lateness of each job
 */
export async function idleBurst({ env, signal }, count) {
  if (!env.REDIS_URL) setDefaultBackendFactory(createPostgresBackend);
  const options = { connection: connectionOf(env) };
  const queue = new Queue('bench-noop', options);
  await queue.waitUntilReady();
  const lateness = [];
  // Adding takes a while, and nothing is due before everything is there.
  const addingMs = 10_000 + count * 8;
  const dueAt = Date.now() + addingMs;
  const jobs = Array.from({ length: count }, (_, index) => ({
    name: 'noop',
    data: { dueAt: dueAt + Math.floor((index / count) * 1_000) },
  }));
  for (let from = 0; from < jobs.length; from += 100)
    await queue.addBulk(
      jobs.slice(from, from + 100).map((job, index) => ({
        ...job,
        opts: {
          jobId: `noop.${from + index}.x`,
          delay: Math.max(0, job.data.dueAt - Date.now()),
          attempts: 1,
          removeOnComplete: true,
        },
      })),
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
