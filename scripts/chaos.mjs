// npm run chaos -- --seed N [--posts 1000] [--minutes M] [--keep]: publishes over all simulated platforms while processes are
// killed and suspended, answers are lost, PostgreSQL is killed and the queue wiped; then compares the inboxes with the database.
// --plant NAME does so with a bug in the engine; --selftest plants one after another and fails when one is not caught.
import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { connectAccounts } from './chaos/accounts.mjs';
import { Ambush } from './chaos/ambush.mjs';
import { Author } from './chaos/author.mjs';
import { Calm } from './chaos/calm.mjs';
import { Database } from './chaos/database.mjs';
import { Faults } from './chaos/faults.mjs';
import { Fleet } from './chaos/fleet.mjs';
import { readOptions } from './chaos/options.mjs';
import { planPosts } from './chaos/posts.mjs';
import { entryOf, PLANTS } from './chaos/plant.mjs';
import { Random } from './chaos/random.mjs';
import { selftest } from './chaos/selftest.mjs';
import { Storm } from './chaos/storm.mjs';
import { PLATFORMS, unpacedEnvironment } from './chaos/traits.mjs';
import { judge } from './chaos/verdict.mjs';
import { demoEnvironment } from './demo/environment.mjs';
import { clearKilledDemos, DemoFolder } from './demo/folder.mjs';
import { HttpApi } from './demo/http.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Parts } from './lib/parts.mjs';
import { startSandbox } from './lib/sandbox.mjs';
import { stopSignal } from './lib/until-stopped.mjs';

/** Publications from which on there is time for platforms that hang until their deadline. */
const MANY = 500;

class NotAsPromised extends Error {
  /** @param {string[]} problems */
  constructor(problems) {
    super(`Not as promised:\n  ${problems.join('\n  ')}`);
  }
}

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
  if (options.selftest) return runSelftest(options, stop.signal);
  const folder = new DemoFolder('chaos');
  if (options.plant !== undefined) say(`Planted, and to be caught: ${PLANTS[options.plant].what}.`);
  say(
    `Chaos with seed ${options.seed}: ${options.publications} publications, at most ${options.minutes} minutes.`,
  );
  try {
    const problems = await inFolder(folder, options, { stop: stop.signal, signal });
    if (problems.length > 0) throw new NotAsPromised(problems);
    say(
      `\nAs promised: 0 duplicates, 0 lost, 0 called failed but live; seed ${options.seed}, ${seconds()} s.`,
    );
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    if (limit.aborted && !(error instanceof NotAsPromised))
      throw new Error('The time is over.', { cause: error });
    throw error;
  } finally {
    if (options.keep) say(`Kept: ${folder.path}`);
    else folder.remove();
  }
}

async function runSelftest({ seed }, signal) {
  const missed = await selftest({ seed, signal, say });
  if (missed.length > 0) throw new Error(`Not caught: ${missed.join(', ')}`);
  say(`\nEvery planted bug was caught; ${seconds()} s.`);
}

/**
 * @param {DemoFolder} folder
 * @param {import('./chaos/options.mjs').Options} options
 * @param {{ stop: AbortSignal, signal: AbortSignal }} signals somebody ends the run; that, or its time is over
 */
async function inFolder(folder, options, { stop, signal }) {
  const parts = new Parts();
  try {
    const { database, env } = await Database.start(folder.path, await chaosEnvironment(folder));
    parts.add(() => database.stop());
    const { url, environment } = await startSandbox(parts, env);
    const fleet = await Fleet.create(
      { ...env, ...environment, ...unpacedEnvironment() },
      {
        entry: entryOf(options.plant, folder.path),
        logOf: (name) => folder.file(`${name}.log`),
      },
    );
    parts.add(() => fleet.abandon());
    await fleet.start(signal);
    note('PostgreSQL, sandbox and four processes are up.');
    const sandbox = new HttpApi(url, { signal: stop }); // is asked once more when the time is over
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
  const ambush = new Ambush(accounts, PLATFORMS);
  const left = publications - ambush.publications;
  const posts = planPosts(accounts, left, { random: random.stream('posts'), from: ambush.posts.length + 1 });
  note(`${accounts.length} accounts are connected; ${ambush.posts.length + posts.length} posts follow.`);

  const faults = new Faults(sandbox, PLATFORMS);
  const author = new Author(api, { seed, signal });
  const storm = new Storm({ fleet, database, random, publications, signal, say: note });
  const short = publications < MANY;
  await faults.breakLooks();
  await ambush.lay({ author, sandbox, database, storm, signal });
  note('The workers have died at every ledger point.');
  await faults.breakCalls({ random: random.stream('faults'), short });
  await storm.rage(author.publish(posts, storm.plannedMs * 0.75));
  note('The storm is over.');
  const calm = new Calm({ database, sandbox, signal });
  await storm.takeDownAll(() => calm.passLeases());
  await fleet.ready(signal);
  const untried = await calm.untilTried(publications, faults);
  const struck = await faults.mend();
  note(`${untried === '' ? 'Everything has been tried' : `Left: ${untried}`}; the platforms work again.`);
  let open;
  do open = await calm.untilAtRest(ambush.posts.length + posts.length);
  while (open === '' && (await author.retryCrashed()) > 0);
  const moved = `the clock was moved by ${Math.round(calm.movedMs / 60_000)} minutes`;
  note(open === '' ? `At rest; ${moved}.` : `The time is over; ${moved}. What there is is compared.`);
  if (author.takenUp > 0) note(`${author.takenUp} of which too many workers had died were taken up again.`);
  await fleet.stop();
  const all = [...ambush.posts, ...posts];
  const seen = { database, sandbox, posts: all, author, storm, faults: struck, calmSince: calm.since, say };
  const problems = await judge(seen);
  return open === '' ? problems : [`Still open: ${open}`, ...problems];
}

/**
 * Nothing of what the developer has configured, everything in the folder of the run. A worker has few publications in hand: each of
 * its deaths counts against all of them, and after five without any progress the engine takes a publication for the cause.
 */
async function chaosEnvironment(folder) {
  const own = { FANFARE_SANDBOX: '', FANFARE_WORKER_CONCURRENCY: '24', LOG_LEVEL: 'info' };
  return { ...(await demoEnvironment(folder.path)), ...own };
}

const firstKey = (folder) => readFileSync(folder.file('first-api-key'), 'utf8').trim();

const seconds = () => ((performance.now() - started) / 1000).toFixed(1);

try {
  await main();
} catch (error) {
  console.error(`fanfare: ${error.message}`);
  process.exitCode = 1;
}
