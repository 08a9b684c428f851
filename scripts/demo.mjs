// npm run demo: from a fresh clone to a post on every simulated platform. `-- --keep` stays up afterwards.
import { closeSync, openSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { demoEnvironment } from './demo/environment.mjs';
import { clearKilledDemos, DemoFolder } from './demo/folder.mjs';
import { tellStory } from './demo/story.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { startStack } from './lib/stack.mjs';
import { aborted, stopSignal, StoppedError } from './lib/until-stopped.mjs';

const ENGINE_LOG = 'engine.log';
const started = performance.now();
const say = (line) => console.log(line);

async function main() {
  const { keep } = parseArgs({ options: { keep: { type: 'boolean', default: false } } }).values;
  const stop = stopSignal();
  say('Fanfare demo: one campaign, every platform, nothing leaves this machine.\n');
  await prepare();
  await clearKilledDemos();
  stop.signal.throwIfAborted();
  const folder = new DemoFolder();
  try {
    await inFolder(folder, { keep, stop });
  } catch (error) {
    if (!(error instanceof StoppedError)) console.error(folder.tail(ENGINE_LOG, 20));
    throw error;
  } finally {
    folder.remove();
  }
}

async function prepare() {
  if (await ensureInstalled()) say('Installed what package-lock.json asks for.');
  if (await ensureBuilt()) say('Built.');
}

/**
 * @param {DemoFolder} folder
 * @param {{ keep: boolean, stop: ReturnType<typeof stopSignal> }} options
 */
async function inFolder(folder, { keep, stop }) {
  const engineOutput = openSync(folder.file(ENGINE_LOG), 'a', 0o600);
  const env = await demoEnvironment(folder.path);
  const { signal } = stop;
  const log = () => undefined;
  const stack = await startStack({ env, log, signal, engineOutput, fallbackRoot: folder.path });
  closeSync(engineOutput);
  stop.onHurry(stack.hurry);
  try {
    say(`PostgreSQL, engine and sandbox are up after ${seconds()} s.`);
    const key = readFileSync(folder.file('first-api-key'), 'utf8').trim();
    const { apiUrl, sandboxUrl } = stack;
    const failure = stack.failed.then((error) => Promise.reject(error));
    const problems = await Promise.race([tellStory({ apiUrl, sandboxUrl, key, signal, say }), failure]);
    if (problems.length > 0) throw new Error(`Not as promised:\n  ${problems.join('\n  ')}`);
    say(`As promised, after ${seconds()} s.`);
    if (keep) await stayUp({ apiUrl, sandboxUrl, key }, Promise.race([failure, aborted(signal)]));
  } finally {
    await stack.stop();
  }
}

/**
 * @param {{ apiUrl: string, sandboxUrl: string, key: string }} where
 * @param {Promise<void>} untilEnd
 */
async function stayUp({ apiUrl, sandboxUrl, key }, untilEnd) {
  say(`
Still up, until Ctrl-C:
  API      ${apiUrl}/api/v1
  docs     ${apiUrl}/api/docs
  inbox    ${sandboxUrl}/
  API key  ${key}

Look:
  curl -H 'Authorization: Bearer ${key}' ${apiUrl}/api/v1/posts`);
  await untilEnd;
  say('\nStopping; everything of the demo is removed.');
}

const seconds = () => ((performance.now() - started) / 1000).toFixed(1);

try {
  await main();
} catch (error) {
  console.error(`fanfare: ${error.message}`);
  process.exitCode = 1;
}
