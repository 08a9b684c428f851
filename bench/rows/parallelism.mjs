import { meets, rounded, spreadOf } from '../lib/statistics.mjs';

const TARGETS = { bluesky: 4, mastodon: 4, telegram: 3, email: 3 };
const SLOW_MS = { bluesky: 500, mastodon: 1_500, telegram: 3_000, email: 1_000 };
/** A process that has just started is still compiling what it runs for the first time. */
const WARMING = 3;
const POSTS = 20;
const AHEAD_MS = 4_000;
const bar = { atMost: 150 };

/** From a plan's time until it has settled, and the longest call to a platform in it: what is between them is ours. */
const PLANS = `
  SELECT extract(epoch FROM pl.settled_at - min(p.due_at)) * 1000 AS whole,
         max(c.longest) AS slowest, count(*)::int AS targets
    FROM plans pl JOIN publications p ON p.plan_id = pl.id
    JOIN LATERAL (SELECT sum(extract(epoch FROM ended_at - started_at) * 1000) AS longest FROM calls
                   WHERE publication_id = p.id) c ON true
   WHERE p.state = 'published' GROUP BY pl.workspace_id, pl.id, pl.settled_at ORDER BY pl.settled_at`;

/** One post to fourteen accounts on slow platforms, again and again. */
export async function parallelism(installation) {
  const accounts = [];
  for (const [platform, count] of Object.entries(TARGETS))
    accounts.push(...(await installation.connect(platform, count)));
  for (const [platform, ms] of Object.entries(SLOW_MS))
    await installation.sandbox.post('/_sandbox/faults', {
      platform,
      visible: true,
      action: { kind: 'slow', ms },
    });
  for (let no = 1; no <= WARMING + POSTS; no += 1) {
    const dueAt = (await installation.databaseNow()).getTime() + AHEAD_MS;
    await installation.post([
      {
        text: `To everybody at once, number ${no}`,
        scheduledFor: new Date(dueAt).toISOString(),
        targets: accounts.map(({ id }) => ({ accountId: id })),
      },
    ]);
    await installation.until('SELECT count(*) FROM plans WHERE settled_at IS NOT NULL', no);
  }
  const plans = await installation.database.read(PLANS);
  const whole = plans.filter(({ targets }) => targets === accounts.length).slice(WARMING);
  if (whole.length !== POSTS) throw new Error(`${POSTS - whole.length} posts did not go out everywhere.`);
  const overhead = spreadOf(whole.map((plan) => Number(plan.whole) - Number(plan.slowest)));
  const slowest = spreadOf(whole.map((plan) => Number(plan.slowest)));
  return {
    row: 'parallelism',
    what: `${accounts.length} targets, the slowest takes 3 s: plan overhead in ms`,
    overhead,
    floor: { slowestCall: slowest.p50 },
    ratio: rounded((overhead.p50 + slowest.p50) / slowest.p50),
    bar: { p95: bar },
    met: meets(overhead.p95, bar),
  };
}
