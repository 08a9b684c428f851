// npm run chaos -- --seed N [--posts 1000] [--minutes M] [--keep]: publishes over all simulated platforms while processes are
// killed and suspended, answers are lost, PostgreSQL is killed and the queue wiped; then compares the inboxes with the database.
import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { connectAccounts, PLATFORMS } from './chaos/accounts.mjs';
import { Author } from './chaos/author.mjs';
import { Calm } from './chaos/calm.mjs';
import { Database } from './chaos/database.mjs';
import { breakPlatforms, mendPlatforms } from './chaos/faults.mjs';
import { Fleet } from './chaos/fleet.mjs';
import { readOptions } from './chaos/options.mjs';
import { planPosts } from './chaos/posts.mjs';
import { Random } from './chaos/random.mjs';
import { Storm } from './chaos/storm.mjs';
import { judge, MANY } from './chaos/verdict.mjs';
import { demoEnvironment } from './demo/environment.mjs';
import { clearKilledDemos, DemoFolder } from './demo/folder.mjs';
import { HttpApi } from './demo/http.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Parts } from './lib/parts.mjs';
import { startSandbox } from './lib/sandbox.mjs';
import { stopSignal } from './lib/until-stopped.mjs';

const started = performance.now();
const say = (line) => console.log(line);
const note = (line) => say(`[${seconds().padStart(5)} s] ${line}`);

async function main() {
  const options = readOptions(process.argv.slice(2));
  const stop = stopSignal();
  const limit = AbortSignal.timeout(options.minutes * 60_000);
  const signal = AbortSignal.any([stop.signal, limit]);
  setMaxListeners(0, signal); // many things wait at once, and each of them ends with the run
  if (await ensureInstalled()) note('Installed what package-lock.json asks for.');
  if (await ensureBuilt()) note('Built.');
  await clearKilledDemos();
  signal.throwIfAborted();
  const folder = new DemoFolder('chaos');
  say(
    `Chaos with seed ${options.seed}: ${options.publications} publications, at most ${options.minutes} minutes.`,
  );
  try {
    const problems = await inFolder(folder, options, signal);
    if (problems.length > 0) throw new Error(`Not as promised:\n  ${problems.join('\n  ')}`);
    say(
      `\nAs promised: 0 duplicates, 0 lost, 0 called failed but live; seed ${options.seed}, ${seconds()} s.`,
    );
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    if (limit.aborted && !error.message.startsWith('Still open'))
      throw new Error('The time is over.', { cause: error });
    throw error;
  } finally {
    if (options.keep) say(`Kept: ${folder.path}`);
    else folder.remove();
  }
}

/**
 * @param {DemoFolder} folder
 * @param {import('./chaos/options.mjs').Options} options
 * @param {AbortSignal} signal
 */
async function inFolder(folder, options, signal) {
  const parts = new Parts();
  try {
    const { database, env } = await Database.start(folder.path, await chaosEnvironment(folder));
    parts.add(() => database.stop());
    const { url, environment } = await startSandbox(parts, env);
    const fleet = await Fleet.create({ ...env, ...environment }, (name) => folder.file(`${name}.log`));
    parts.add(() => fleet.abandon());
    await fleet.start(signal);
    note('PostgreSQL, sandbox and four processes are up.');
    const sandbox = new HttpApi(url, { signal });
    const api = new HttpApi(fleet.api.url, { key: firstKey(folder), signal });
    return await run({ database, sandbox, api, fleet, options, signal });
  } finally {
    await parts.stop();
  }
}

async function run({ database, sandbox, api, fleet, options, signal }) {
  const { seed, publications } = options;
  const random = new Random(seed);
  const accounts = await connectAccounts({ api, sandbox, publications, random: random.stream('accounts') });
  const posts = planPosts(accounts, publications, random.stream('posts'));
  note(`${accounts.length} accounts are connected; ${posts.length} posts follow.`);

  const short = publications < MANY;
  await breakPlatforms(sandbox, PLATFORMS, { random: random.stream('faults'), short });
  const author = new Author(api, { seed, signal });
  const storm = new Storm({ fleet, database, random, publications, signal, say: note });
  await storm.rage(author.publish(posts, storm.plannedMs * 0.75));
  note('The storm is over.');
  await fleet.ready(signal);
  const calm = new Calm({ database, sandbox, signal });
  await calm.untilTried(publications);
  const faults = await mendPlatforms(sandbox);
  note('Everything has been tried; the platforms work again.');
  await calm.untilAtRest(posts.length);
  note(`At rest; the clock was moved by ${Math.round(calm.movedMs / 60_000)} minutes.`);
  await fleet.stop();
  return judge({ database, sandbox, posts, author, storm, faults, calmSince: calm.since, say });
}

/** Nothing of what the developer has configured, everything in the folder of the run. */
async function chaosEnvironment(folder) {
  return { ...(await demoEnvironment(folder.path)), FANFARE_SANDBOX: '', LOG_LEVEL: 'info' };
}

const firstKey = (folder) => readFileSync(folder.file('first-api-key'), 'utf8').trim();

const seconds = () => ((performance.now() - started) / 1000).toFixed(1);

try {
  await main();
} catch (error) {
  console.error(`fanfare: ${error.message}`);
  process.exitCode = 1;
}
