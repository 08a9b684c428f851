import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Database } from '../../scripts/chaos/database.mjs';
import { EngineProcess } from '../../scripts/chaos/engine-process.mjs';
import { connectAccount } from '../../scripts/demo/connect.mjs';
import { demoEnvironment } from '../../scripts/demo/environment.mjs';
import { HttpApi } from '../../scripts/demo/http.mjs';
import { traitsOf } from '../../scripts/chaos/traits.mjs';
import { builtPath } from '../../scripts/lib/build.mjs';
import { Parts } from '../../scripts/lib/parts.mjs';
import { startSandbox } from '../../scripts/lib/sandbox.mjs';

const STOP_PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;
/** Their own limits would be measured. */
const LIMITED = ['bluesky', 'mastodon'];

/** @typedef {'postgresql' | 'redis'} QueueBackend */

/** One process of Fanfare beside the simulated platforms, on a database with the settings of every installation. */
export class Installation {
  /**
   * @param {import('../../scripts/demo/folder.mjs').DemoFolder} folder
   * @param {{ queue: QueueBackend, signal: AbortSignal }} options
   */
  constructor(folder, { queue, signal }) {
    this.folder = folder;
    this.queue = queue;
    this.signal = signal;
    this.parts = new Parts();
  }

  async start() {
    const quiet = { FANFARE_SANDBOX: '', LOG_LEVEL: 'warn' };
    const { database, env } = await Database.start(this.folder.path, {
      ...(await demoEnvironment(this.folder.path)),
      ...quiet,
    });
    this.parts.add(() => database.stop());
    this.database = database;
    const queueEnv = this.queue === 'redis' ? { REDIS_URL: await startRedis(this.parts) } : {};
    const { url, environment } = await startSandbox(this.parts, env);
    this.sandbox = new HttpApi(url, { signal: this.signal });
    for (const platform of LIMITED)
      await this.sandbox.post('/_sandbox/settings', { platform, rateLimits: false });
    const port = await freePort();
    this.env = { ...env, ...queueEnv, ...environment, PUBLIC_URL: `http://127.0.0.1:${port}` };
    this.engine = new EngineProcess({
      name: 'engine',
      role: 'all',
      port,
      env: this.env,
      entry: builtPath('src/main.js'),
      log: this.folder.file('engine.log'),
    });
    this.parts.add(() => this.engine.stop(STOP_PATIENCE_MS));
    this.engine.start();
    await this.engine.ready(this.signal);
    const key = readFileSync(this.folder.file('first-api-key'), 'utf8').trim();
    this.api = new HttpApi(this.engine.url, { key, signal: this.signal });
  }

  async stop() {
    await this.parts.stop();
  }

  /** Stops the engine, does something while nobody looks, and starts it again. */
  async whileStopped(work) {
    await this.engine.stop(STOP_PATIENCE_MS);
    await work();
    this.engine.start();
    await this.engine.ready(this.signal);
  }

  /**
   * So many accounts of a platform, connected as a user connects them.
   * @param {string} platform
   * @param {number} count
   * @returns {Promise<{ id: string, platform: string, person: object }[]>}
   */
  async connect(platform, count) {
    const { items } = await this.api.get('/api/v1/platforms');
    const description = items.find(({ key }) => key === platform);
    const connected = [];
    for (let n = 1; n <= count; n += 1) {
      const made = { platform, ...traitsOf(platform).make(n) };
      const person = await this.sandbox.post('/_sandbox/accounts', made);
      const { id } = await connectAccount(this.api, description, person);
      connected.push({ id, platform, person });
    }
    return connected;
  }

  /**
   * Posts many, some at a time.
   * @param {object[]} bodies
   */
  async post(bodies) {
    const waiting = [...bodies.entries()];
    const ids = [];
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, body] = next;
        ids[index] = (await this.api.post('/api/v1/posts', body)).id;
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    return ids;
  }

  /**
   * Waits until a count of rows is what it has to be.
   * @param {string} question selects one `count`
   * @param {number} wanted
   */
  async until(question, wanted) {
    for (;;) {
      this.signal.throwIfAborted();
      const [{ count }] = await this.database.read(question);
      if (Number(count) === wanted) return;
      await pause(LOOK_EVERY_MS, undefined, { signal: this.signal });
    }
  }

  /** Moves the clock of the database, and that of the platforms with it. @param {number} advanceMs */
  async moveClock(advanceMs) {
    await this.database.moveClock(advanceMs);
    await this.sandbox.post('/_sandbox/clock', { advanceMs });
  }

  async databaseNow() {
    const [{ now }] = await this.database.read('SELECT fanfare.now() AS now');
    return now;
  }
}

/** A Redis that keeps nothing, for this run. */
async function startRedis(parts) {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', args, { stdio: 'ignore', cwd: '/' });
  const exited = once(child, 'exit');
  parts.add(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  await Promise.race([once(child, 'spawn'), exited]);
  return `redis://127.0.0.1:${port}/0`;
}

export async function freePort() {
  const server = createServer().listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
