import { mergePlanStatus } from '../../../src/modules/publishing/plan-status.js';
import { isEnd, transitions } from '../../../src/modules/publishing/publication.states.js';
import type { History } from './checks.js';
import type { PublicationRow } from './snapshot.js';
import { demand } from './violation.js';

const leaseMs = 30_000;

/** Publications: who may change them, and into what. */
export function checkRows(history: History): void {
  const before = new Map(history.before.publications.map((row) => [row.id, row]));
  for (const row of history.now.publications) {
    const was = before.get(row.id);
    checkOpen(row);
    if (was === undefined) continue;
    if (was.state !== row.state)
      demand(
        transitions[was.state].includes(row.state),
        '4',
        () => `publication ${row.id} went from ${was.state} to ${row.state}`,
      );
    checkToken(history, was, row);
    demand(
      row.retries <= was.retries || (row.retries === was.retries + 1 && row.wake_reason === 'retry'),
      '13',
      () => `publication ${row.id} counts a retry for ${row.wake_reason ?? 'nothing'}`,
    );
    checkEnd(history, was, row);
  }
}

function checkOpen(row: PublicationRow): void {
  if (isEnd(row.state)) return;
  demand(
    row.wake_at !== null && row.wake_reason !== null,
    '7',
    () => `publication ${row.id} is ${row.state} without a wake`,
  );
}

/** A change under a lease is one of the task that has it; a lease that lives is taken away by a person only. */
function checkToken(history: History, was: PublicationRow, row: PublicationRow): void {
  const { owners, task } = history;
  if (row.token !== null && row.token !== was.token) {
    const claimedAt = (row.lease_until ?? 0) - leaseMs;
    demand(
      was.token === null || was.lease_until === null || was.lease_until < claimedAt,
      '4',
      () => `publication ${row.id} is claimed ${(was.lease_until ?? 0) - claimedAt} ms before its lease ends`,
    );
    owners.set(row.token, task.no);
    return;
  }
  const decided = row.state !== was.state || row.wake_reason !== was.wake_reason;
  if (!decided || was.token === null || task.label.startsWith('command ')) return;
  if (isEnd(was.state)) return;
  demand(
    owners.get(was.token) === task.no,
    '4',
    () => `publication ${row.id} went from ${was.state} to ${row.state} by ${task.label}, which has lost it`,
  );
}

function checkEnd(history: History, was: PublicationRow, row: PublicationRow): void {
  if (was.state === row.state || !isEnd(row.state)) return;
  const own = history.entries.filter(({ mark }) => mark.publicationId === row.id);
  if (row.state === 'failed' || row.state === 'skipped' || row.state === 'canceled') {
    demand(own.length === 0, '6', () => `publication ${row.id} is called ${row.state} but is live`);
  }
  if (row.state === 'skipped' || row.state === 'canceled') {
    demand(
      !history.now.commits.some((commit) => commit.publication === row.id && commit.state !== 'clear'),
      '14',
      () => `publication ${row.id} is ${row.state} with a commit that is open or done`,
    );
  }
  if (row.state !== 'published') return;
  const [first] = history.now.commits.filter(
    (commit) => commit.publication === row.id && commit.state === 'done',
  );
  demand(first !== undefined, '6', () => `publication ${row.id} is published without a commit that is done`);
  demand(
    own.some(({ id }) => id === row.platform_post_id),
    '6',
    () => `publication ${row.id} is known by ${row.platform_post_id ?? 'nothing'}, which is not its own`,
  );
}

/** Plans: their status is what their rows come to, at every commit. */
export function checkPlans({ now }: History): void {
  for (const plan of now.plans) {
    const states = now.publications.filter((row) => row.plan === plan.id).map((row) => row.state);
    const merged = mergePlanStatus(states, plan.policy);
    if (merged.status === 'processing') {
      demand(!plan.settled, '8', () => `plan ${plan.id} is settled while a target is open`);
      continue;
    }
    if (states.length > 0)
      demand(plan.settled, '8', () => `plan ${plan.id} is not settled although all its targets have ended`);
    if (plan.settled)
      demand(
        plan.status === merged.status,
        '8',
        () => `plan ${plan.id} is ${plan.status}, its rows come to ${merged.status}`,
      );
  }
}
