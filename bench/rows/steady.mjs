import { setTimeout as pause } from 'node:timers/promises';
import { meets, rounded, spreadOf } from '../lib/statistics.mjs';

const PER_SECOND = 5;
const SECONDS = 60;
const AHEAD_MS = 5_000;
const PLATFORMS = ['bluesky', 'mastodon', 'telegram'];
const ACCOUNTS_EACH = 10;
const bar = { atMost: 1_000 };

const LATENESS = `
  SELECT extract(epoch FROM min(c.started_at) - p.due_at) * 1000 AS late
    FROM publications p JOIN calls c ON c.publication_id = p.id WHERE p.state = 'published' GROUP BY p.id, p.due_at`;

/** Five posts a second, each to one account, composed a few seconds before their time. */
export async function steady(installation) {
  const accounts = [];
  for (const platform of PLATFORMS) accounts.push(...(await installation.connect(platform, ACCOUNTS_EACH)));
  const count = PER_SECOND * SECONDS;
  const began = performance.now();
  const sent = [];
  for (let index = 0; index < count; index += 1) {
    await pause(Math.max(0, began + (index * 1_000) / PER_SECOND - performance.now()));
    const { id } = accounts[(index * 7) % accounts.length];
    sent.push(
      installation.post([
        {
          text: `Number ${index} of many`,
          scheduledFor: new Date(Date.now() + AHEAD_MS).toISOString(),
          targets: [{ accountId: id }],
        },
      ]),
    );
  }
  await Promise.all(sent);
  await installation.until('SELECT count(*) FROM plans WHERE settled_at IS NOT NULL', count);
  const rows = await installation.database.read(LATENESS);
  const late = spreadOf(rows.map(({ late: ms }) => Number(ms)));
  return {
    row: 'steady',
    what: `${PER_SECOND} posts a second for ${SECONDS} s: lateness in ms`,
    late,
    lost: count - rows.length,
    floor: { due: 0 },
    ratio: rounded(late.p99 / bar.atMost),
    bar: { p99: bar, lost: { atMost: 0 } },
    met: meets(late.p99, bar) && rows.length === count,
  };
}
