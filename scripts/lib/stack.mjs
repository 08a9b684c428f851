import { setTimeout as pause } from 'node:timers/promises';
import { builtPath } from './build.mjs';
import { Child } from './child.mjs';
import { dataDirOf, migrate, startDatabase } from './database.mjs';
import { noteChildren, outliveOrphans } from './orphans.mjs';
import { Parts } from './parts.mjs';
import { startSandbox } from './sandbox.mjs';

const ENGINE_PATIENCE_MS = 30_000;
const START_LIMIT_MS = 120_000;

/**
 * @typedef {object} Stack
 * @property {string} apiUrl where the API answers
 * @property {string | undefined} sandboxUrl the sandbox's control API and inbox
 * @property {NodeJS.ProcessEnv} env what the engine was given
 * @property {Promise<Error>} failed settles when a part has ended by itself; nothing is started again silently
 * @property {() => Promise<void>} stop the engine first, PostgreSQL last
 * @property {() => void} hurry ends the waiting of a stop that has begun
 */

/**
 * Starts database, sandbox (with FANFARE_SANDBOX) and engine, in this order, until the API answers. What was started is
 * stopped again when a later part fails or the signal aborts.
 * @param {{
 *   env: NodeJS.ProcessEnv, log: (line: string) => void, signal?: AbortSignal,
 *   engineOutput?: 'inherit' | 'ignore' | number, fallbackRoot?: string,
 * }} options fallbackRoot: where PostgreSQL goes when its user cannot reach the clone
 * @returns {Promise<Stack>}
 */
export async function startStack({ env, log, signal, engineOutput = 'inherit', fallbackRoot }) {
  const parts = new Parts();
  try {
    await outliveOrphans(dataDirOf(env), log);
    const database = await startDatabase(env, log, { fallbackRoot });
    parts.add(() => database.stop());
    database.onExit((error) => parts.fail(error));
    signal?.throwIfAborted();
    await migrate(database.env);
    signal?.throwIfAborted();
    const sandbox = isOn(env.FANFARE_SANDBOX) ? await startSandbox(parts, database.env) : undefined;
    signal?.throwIfAborted();

    const engineEnv = { ...database.env, ...sandbox?.environment };
    const engine = new Child('engine', builtPath('src/main.js'), { env: engineEnv, stdout: engineOutput });
    parts.child(engine, ENGINE_PATIENCE_MS);
    await noteChildren(dataDirOf(env), parts.children);
    const apiUrl = addressOf(engineEnv);
    if (servesHttp(engineEnv)) await untilItAnswers(`${apiUrl}/health/live`, engine, signal);
    return {
      apiUrl,
      sandboxUrl: sandbox?.url,
      env: engineEnv,
      failed: parts.failed,
      stop: () => parts.stop(),
      hurry: () => parts.hurry(),
    };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

/** @param {string | undefined} value of a switch in the environment */
export const isOn = (value) => /^(1|true|yes|on)$/i.test(value ?? '');

/** A port of 0 is known to the engine alone; a worker or scheduler may serve nothing. */
function servesHttp({ PORT, FANFARE_ROLE }) {
  return PORT !== '0' && ['all', 'api'].includes(FANFARE_ROLE || 'all');
}

function addressOf({ HOST, PORT }) {
  const everywhere = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
  const host = HOST || '127.0.0.1';
  return `http://${everywhere[host] ?? host}:${PORT || 3000}`;
}

async function untilItAnswers(url, engine, signal) {
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  while (!(await answers(url))) {
    signal?.throwIfAborted();
    if (!engine.running) throw new Error(`The engine ${await engine.ended}`);
    if (limit.aborted) throw new Error(`The engine does not answer at ${url}`);
    await pause(100);
  }
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    if (error instanceof Error) return false; // not yet
    throw error;
  }
}
