import { BareScript } from '../lib/bare.mjs';
import { median, medianRatio, meets, rounded } from '../lib/statistics.mjs';

const ROUNDS = 3;
const POSTS = 200;
const ACCOUNTS = 12;
const HOUR_MS = 3_600_000;
const bar = { atLeast: 0.5 };

const ROUND = `
  SELECT p.workspace_id AS "workspaceId", p.id, p.platform, p.account_id, p.content->>'text' AS text,
         (SELECT min(started_at) FROM calls c WHERE c.publication_id = p.id) AS began, p.settled_at AS ended
    FROM publications p WHERE p.state = 'published' AND p.due_at > $1`;

const EVENTS = `
  SELECT data->>'publicationId' AS publication, id FROM outbox WHERE data->>'publicationId' IS NOT NULL
  UNION ALL
  SELECT (SELECT p.id::text FROM publications p WHERE p.plan_id::text = o.data->>'planId' ORDER BY p.id LIMIT 1), id
    FROM outbox o WHERE type = 'publishing.plan-settled'`;

/** The engine's publications per second beside those of a script that makes the same calls and writes the same rows. */
export async function cost(installation) {
  const callers = { mastodon: mastodonCall, telegram: telegramCall };
  const accounts = [];
  for (const platform of Object.keys(callers))
    accounts.push(...(await installation.connect(platform, ACCOUNTS)));
  const pairs = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const done = await engineRound(installation, { accounts, round });
    const span = Math.max(...done.map(({ ended }) => ended)) - Math.min(...done.map(({ began }) => began));
    const floor = await bareRound(installation, { accounts, done, callers });
    pairs.push({ ours: done.length / (span / 1000), floor });
  }
  const ratio = medianRatio(pairs);
  return {
    row: 'engine cost',
    what: `${POSTS} posts to 2 platforms: publications a second, beside a bare script`,
    perSecond: rounded(median(pairs.map(({ ours }) => ours))),
    floor: { bareScript: rounded(median(pairs.map(({ floor }) => floor))) },
    pairs: pairs.map(({ ours, floor }) => ({ ours: rounded(ours), floor: rounded(floor) })),
    ratio,
    bar: { ratio: bar },
    met: meets(ratio, bar),
  };
}

/** Everything is due at once, and goes out as fast as it can. */
async function engineRound(installation, { accounts, round }) {
  const dueAt = (await installation.databaseNow()).getTime() + HOUR_MS;
  const half = accounts.length / 2;
  const bodies = Array.from({ length: POSTS }, (_, index) => ({
    text: `The cost of number ${index} at ${dueAt}`,
    scheduledFor: new Date(dueAt).toISOString(),
    targets: [accounts[index % half], accounts[half + (index % half)]].map(({ id }) => ({ accountId: id })),
  }));
  await installation.post(bodies);
  await installation.until('SELECT count(*) FROM plans', POSTS * (round + 1));
  await installation.whileStopped(() => installation.moveClock(HOUR_MS));
  await installation.until('SELECT count(*) FROM plans WHERE settled_at IS NOT NULL', POSTS * (round + 1));
  await installation.until(`SELECT count(*) FROM deliveries WHERE state = 'pending'`, 0);
  const done = await installation.database.read(ROUND, [new Date(dueAt - 1)]);
  if (done.length !== POSTS * 2) throw new Error(`Only ${done.length} of ${POSTS * 2} were published.`);
  return done;
}

async function bareRound(installation, { accounts, done, callers }) {
  const events = new Map();
  for (const { publication, id } of await installation.database.read(EVENTS))
    events.set(publication, [...(events.get(publication) ?? []), id]);
  const personOf = new Map(accounts.map(({ id, person }) => [id.split('_')[1], person]));
  const { platforms } = await installation.sandbox.get('/_sandbox/info');
  const publications = done.map(({ workspaceId, id, platform, account_id, text }) => {
    const person = personOf.get(account_id.replaceAll('-', ''));
    const call = callers[platform](platforms[platform], { person, text, id });
    return { workspaceId, id, events: events.get(id) ?? [], call };
  });
  const script = new BareScript(installation.database.url);
  try {
    await script.prepare();
    return publications.length / (await script.run(publications));
  } finally {
    await script.close();
  }
}

function mastodonCall(_server, { person: { credentials }, text, id }) {
  return {
    url: `${credentials.instance}/api/v1/statuses`,
    headers: { authorization: `Bearer ${credentials.accessToken}`, 'idempotency-key': `bench-${id}` },
    body: { status: `${text} again`, visibility: 'public' },
  };
}

function telegramCall({ hosts }, { person: { credentials }, text }) {
  return {
    url: `${hosts.API}/bot${credentials.botToken}/sendMessage`,
    headers: {},
    body: { chat_id: credentials.chat, text: `${text} again` },
  };
}
