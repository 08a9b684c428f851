import { idleBurst } from '../lib/queue.mjs';
import { meets, rounded, spreadOf } from '../lib/statistics.mjs';

const PLATFORMS = ['bluesky', 'mastodon', 'telegram'];
const HOUR_MS = 3_600_000;
/** Between the start of the engine and the burst, for each post: the time to take it over. */
const HANDOVER_MS = 40;
const LEAST_AHEAD_MS = 30_000;
const MOST_AHEAD_MS = 170_000;
const BARS = { 3_000: { atMost: 5_000 }, 10_000: { atMost: 20_000 } };

const LATENESS = `
  SELECT extract(epoch FROM min(c.started_at) - p.due_at) * 1000 AS late
    FROM publications p LEFT JOIN calls c ON c.publication_id = p.id WHERE p.state = 'published' GROUP BY p.id, p.due_at`;

const SPAN = `
  SELECT extract(epoch FROM (SELECT max(settled_at) FROM publications) - (SELECT min(started_at) FROM calls)) AS seconds`;

const planned = 'SELECT count(*) FROM plans';
const handedOver = 'SELECT count(*) FROM plans WHERE handed_over_at IS NOT NULL';
const settled = 'SELECT count(*) FROM plans WHERE settled_at IS NOT NULL';

/**
 * So many publications due in one second, in one process.
 * @param {import('../lib/installation.mjs').Installation} installation
 * @param {number} publications
 */
export async function burst(installation, publications) {
  const perPlatform = Math.ceil(publications / PLATFORMS.length / POSTS_PER_ACCOUNT);
  const accounts = {};
  for (const platform of PLATFORMS) accounts[platform] = await installation.connect(platform, perPlatform);
  const posts = Math.ceil(publications / PLATFORMS.length);
  const dueAt = (await installation.databaseNow()).getTime() + HOUR_MS;
  const began = performance.now();
  await installation.post(bodies(accounts, posts, dueAt));
  const accepting = rounded(posts / ((performance.now() - began) / 1000));
  await installation.until(planned, posts);
  const planning = rounded(posts / ((performance.now() - began) / 1000));

  await installation.whileStopped(() => untilShortlyBefore(installation, dueAt, posts));
  await installation.until(handedOver, posts);
  if ((await installation.databaseNow()).getTime() >= dueAt)
    throw new Error('The burst was due before all of it was handed over.');
  await installation.until(settled, posts);
  const lateness = (await installation.database.read(LATENESS)).map(({ late }) => Number(late));
  const [{ seconds }] = await installation.database.read(SPAN);
  const late = spreadOf(lateness);
  const floor = spreadOf(await idleBurst(installation, posts));
  const lost = posts * PLATFORMS.length - lateness.length;
  const bar = BARS[publications] ?? { atMost: publications * 2 };
  return {
    row: `due burst of ${publications}`,
    what: `${posts} posts to ${PLATFORMS.length} platforms, due in one second: lateness in ms`,
    late,
    lost,
    perSecond: rounded(lateness.length / Number(seconds)),
    postsPerSecond: { accepted: accepting, planned: planning },
    floor: { noopQueue: floor },
    ratio: rounded(late.p99 / Math.max(1, floor.p99)),
    bar: { p99: bar, lost: { atMost: 0 } },
    met: meets(late.p99, bar) && lost === 0,
  };
}

/** More than this on one account, and its platform's own limits would be measured. */
const POSTS_PER_ACCOUNT = 50;

function bodies(accounts, count, dueAt) {
  return Array.from({ length: count }, (_, index) => ({
    text: `Number ${index} of a burst`,
    scheduledFor: new Date(dueAt + Math.floor((index / count) * 1_000)).toISOString(),
    targets: PLATFORMS.map((platform) => {
      const { id } = accounts[platform][index % accounts[platform].length];
      return { accountId: id };
    }),
  }));
}

/** Nearer than the horizon of the sweep, so that all of it is handed over at the start. */
async function untilShortlyBefore(installation, dueAt, posts) {
  const ahead = Math.min(LEAST_AHEAD_MS + posts * HANDOVER_MS, MOST_AHEAD_MS);
  const now = (await installation.databaseNow()).getTime();
  await installation.moveClock(dueAt - now - ahead);
}
