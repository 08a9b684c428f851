import { type History, isNamed, where } from './checks.js';
import type { CallRow, CommitRow } from './snapshot.js';
import { demand } from './violation.js';

/** The ledger: evidence stays, verdicts are true, and no call follows one that may have done it. */
export function checkLedger(history: History): void {
  checkEvidence(history);
  checkNewCalls(history);
  checkCommits(history);
  checkTruth(history);
}

function checkEvidence({ before, now }: History): void {
  const calls = new Map(now.calls.map((call) => [call.id, call]));
  for (const was of before.calls) {
    const call = calls.get(was.id);
    demand(call !== undefined, '4', () => `call ${was.id} is gone`);
    const kept =
      (was.outcome === null || (was.outcome === call.outcome && was.result === call.result)) &&
      (was.verdict === null || was.verdict === call.verdict) &&
      was.hash === call.hash &&
      was.token === call.token;
    demand(kept, '4', () => `the evidence of call ${was.id} was changed`);
  }
}

const concluded = (call: CallRow): boolean =>
  call.outcome === 'refused' || call.verdict === 'absent' || call.verdict === 'judged_absent';

function checkNewCalls(history: History): void {
  const { before, now, promises } = history;
  const known = new Set(before.calls.map(({ id }) => id));
  for (const call of now.calls) {
    if (known.has(call.id)) continue;
    const row = now.publications.find(({ id }) => id === call.publication);
    const was = before.publications.find(({ id }) => id === call.publication);
    const name = `call ${call.no} of ${call.key} of publication ${call.publication}`;
    demand(row !== undefined && was !== undefined, '2', () => `${name} has no publication`);
    demand(
      was.token === call.token && was.lease_until !== null && was.lease_until > call.started_at,
      '4',
      () => `${name} is begun under a lease that is not held any more`,
    );
    demand(
      !row.held && !isHeld(promises.held, row),
      '13',
      () => `${name} is begun although the publication is held`,
    );
    demand(!promises.canceled.has(row.id), '9', () => `${name} is begun although it was canceled`);
    const commit = commitOf(now.commits, call);
    const earlier = now.calls.filter((other) => isOfCommit(other, call) && other.no < call.no);
    const safe = (commit?.repeat_until ?? 0) > call.started_at;
    for (const other of earlier)
      demand(
        concluded(other) || (safe && other.hash === call.hash),
        '3',
        () => `${name} follows one that is open`,
      );
  }
}

function isHeld(held: ReadonlySet<string>, row: { post: string; account: string }): boolean {
  return held.has(`post/${row.post}`) || held.has(`account/${row.account}`) || held.has('workspace');
}

function checkCommits({ before, now, entries }: History): void {
  for (const commit of now.commits) {
    const was = before.commits.find((other) => isSame(other, commit));
    if (was?.state === 'done')
      demand(
        commit.state === 'done' && commit.result === was.result,
        '4',
        () => `${commit.key} of publication ${commit.publication} was done and is ${commit.state}`,
      );
    if (commit.state !== 'done' || was?.state === 'done') continue;
    const own = entries.filter(
      ({ mark }) => mark.publicationId === commit.publication && mark.commit === commit.key,
    );
    demand(
      own.some(({ id }) => id === commit.result),
      '6',
      () =>
        `${commit.key} of publication ${commit.publication} is done by ${commit.result ?? 'nothing'}, not its own`,
    );
  }
}

/** What the ledger says of a call is what has really become of it. */
function checkTruth({ now, sent }: History): void {
  for (const call of now.calls) {
    if (!concluded(call)) continue;
    const request = sent.find(({ callId }) => callId === call.id);
    if (request === undefined || request.entry === null || isNamed(request.platform)) continue;
    const said = call.outcome === 'refused' ? 'refused' : (call.verdict ?? '');
    demand(false, '3', () => `${where(request.mark)} is called ${said}, and is live`);
  }
}

function commitOf(commits: readonly CommitRow[], call: CallRow): CommitRow | undefined {
  return commits.find(
    ({ publication, revision, key }) =>
      publication === call.publication && revision === call.revision && key === call.key,
  );
}

const isOfCommit = (a: CallRow, b: CallRow): boolean =>
  a.publication === b.publication && a.revision === b.revision && a.key === b.key;

const isSame = (a: CommitRow, b: CommitRow): boolean =>
  a.publication === b.publication && a.revision === b.revision && a.key === b.key;
