import type { InboxEntry } from '../../../src/sandbox/core/inbox.js';
import type { Bench } from './bench.js';

interface CallRow {
  readonly startedAt: number;
  readonly outcome: string | null;
}

/** What must hold after every test, whatever it did (protocol.md §11). */
export async function checkAtRest(bench: Bench): Promise<void> {
  expect(bench.control.unexpected()).toEqual([]);
  expect(bench.official?.problems ?? []).toEqual([]);
  await eventsAreDelivered(bench);
  await nothingIsForgotten(bench);
  await firstCommitsAreNamed(bench);
  if (bench.ledgerIsWhole) await everyVisibleCallWasStartedInTheLedger(bench);
  for (const account of bench.accounts) {
    nothingIsTwice(bench.inbox(account));
    if (bench.ledgerIsWhole) await inboxAndLedgerAgree(bench, account.id, bench.inbox(account));
  }
}

async function eventsAreDelivered({ engine }: Bench): Promise<void> {
  expect(await engine.rows('SELECT type FROM outbox WHERE seq IS NULL')).toEqual([]);
  expect(
    await engine.rows(`SELECT listener, state, last_error FROM deliveries WHERE state <> 'delivered'`),
  ).toEqual([]);
}

/** Invariant 7. */
async function nothingIsForgotten({ engine }: Bench): Promise<void> {
  const forgotten = await engine.rows(
    `SELECT id, state, wake_at, wake_reason FROM publications
      WHERE state = ANY (ARRAY['waiting', 'running', 'with_platform'])
        AND (wake_at IS NULL OR wake_reason IS NULL OR wake_at < fanfare.now())`,
  );
  expect(forgotten).toEqual([]);
  expect(
    await engine.rows(
      `SELECT plans.id FROM plans
        WHERE settled_at IS NULL AND NOT EXISTS (SELECT FROM publications p WHERE p.plan_id = plans.id
          AND p.state = ANY (ARRAY['waiting', 'running', 'with_platform']))`,
    ),
  ).toEqual([]);
}

/** After a restore it is looked for by this name before `publish` runs. */
async function firstCommitsAreNamed({ engine, accounts, publisher }: Bench): Promise<void> {
  const others = await engine.rows(
    `SELECT key FROM commits WHERE position = 0 AND account_id = ANY ($1) AND key <> $2`,
    [accounts.map(({ id }) => id), publisher.firstCommit],
  );
  expect(others).toEqual([]);
}

/**
 * Invariant 2: `commit` is the only way to a visible call. The k-th visible call comes after at least k rows were started, and
 * a row without a call is one that is proven not to have been made.
 */
async function everyVisibleCallWasStartedInTheLedger(bench: Bench): Promise<void> {
  const rows = await callRows(bench);
  const arrivals = bench.visibleCalls().map(({ at }) => Date.parse(at));
  const late = arrivals.filter(
    (arrival, index) => rows.filter(({ startedAt }) => startedAt <= arrival).length <= index,
  );
  expect(late).toEqual([]);
  const neverSent = rows.length - arrivals.length;
  expect(neverSent).toBeGreaterThanOrEqual(0);
  expect(rows.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThanOrEqual(neverSent);
}

async function callRows({ engine, accounts }: Bench): Promise<CallRow[]> {
  const rows = await engine.rows(
    `SELECT floor(extract(epoch FROM c.started_at) * 1000) AS started_at, c.outcome
       FROM calls c JOIN publications p ON p.workspace_id = c.workspace_id AND p.id = c.publication_id
      WHERE p.account_id = ANY ($1)`,
    [accounts.map(({ id }) => id)],
  );
  return rows.map((row) => ({
    startedAt: Number(row['started_at']),
    outcome: typeof row['outcome'] === 'string' ? row['outcome'] : null,
  }));
}

/** Invariant 1, as people see it; no test posts the same words twice to an account. */
function nothingIsTwice(entries: readonly InboxEntry[]): void {
  const looks = entries.map(({ text, media, extra, replyTo }) =>
    JSON.stringify([text, media.map(({ sha256 }) => sha256), extra['to'] ?? null, replyTo]),
  );
  expect(looks.filter((look, index) => looks.indexOf(look) !== index)).toEqual([]);
}

/** Invariants 1 and 6: at most one entry for each commit, and what the ledger calls done is there. */
async function inboxAndLedgerAgree(
  { engine, profile }: Bench,
  accountId: string,
  entries: readonly InboxEntry[],
): Promise<void> {
  const commits = await engine.rows(
    `SELECT c.state, c.resolved_by, c.result ->> 'platformPostId' AS post_id FROM commits c
      WHERE c.account_id = $1 AND NOT EXISTS (SELECT FROM deletions d WHERE d.publication_id = c.publication_id)`,
    [accountId],
  );
  expect(entries.length).toBeLessThanOrEqual(commits.length);
  const known = entries.map((entry) => profile.postIdOf(entry));
  const done = commits.filter(({ state }) => state === 'done').map((commit) => commit['post_id']);
  expect(done.filter((id) => known.filter((seen) => seen === id).length !== 1)).toEqual([]);
  const lost = await engine.rows(
    `SELECT p.id FROM publications p WHERE p.account_id = $1 AND p.state = 'failed'
        AND EXISTS (SELECT FROM commits c WHERE c.publication_id = p.id AND c.state = 'done')`,
    [accountId],
  );
  expect(lost).toEqual([]);
}
