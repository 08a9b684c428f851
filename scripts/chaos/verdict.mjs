import { whatWasAsked, readInbox } from './inbox.mjs';
import { checkInvariants } from './invariants.mjs';
import { comparePlatforms } from './platforms.mjs';
import { readWhatHappened } from './happened.mjs';
import { countsOf, emptyColumns, tableOf } from './report.mjs';
import { timelineOf } from './timeline.mjs';
import { traitsOf } from './traits.mjs';

const TIMELINES = 3;
/**
 * Compares what the simulators show with what the database says, and prints it.
 * @param {{ database: import('./database.mjs').Database, sandbox: import('../demo/http.mjs').HttpApi,
 *   posts: import('./posts.mjs').PlannedPost[], author: import('./author.mjs').Author, storm: import('./storm.mjs').Storm,
 *   faults: Record<string, number>, calmSince: number, say: (line: string) => void }} run
 * @returns {Promise<string[]>} what is not as promised
 */
export async function judge({ database, sandbox, posts, author, storm, faults, calmSince, say }) {
  const evidence = await gather({ sandbox, posts, author, storm, calmSince });
  const { rows, problems, suspects } = await comparePlatforms(database, evidence);
  say('\nThe inboxes beside the database');
  tableOf(rows).forEach(say);

  const { points, commits } = await readWhatHappened(database, evidence);
  const troubles = troublesOf(storm, author);
  say('\nWhat really happened');
  say(`  faults: ${countsOf(faults)}`);
  say(`  processes and stores: ${countsOf(troubles)}`);
  say(`  attempts cut short, by ledger point: ${countsOf(points)}`);
  say(`  commits: ${countsOf(commits)}`);

  say('\nInvariants at rest (protocol.md §11)');
  for (const { no, says, violations, count } of await checkInvariants(database, evidence)) {
    say(`  ${String(no).padStart(2)}  ${count === 0 ? 'ok  ' : 'FAIL'}  ${says}`);
    for (const violation of violations) say(`            ${violation}`);
    if (count > 0) problems.push(`invariant ${no}: ${count} violations`);
  }
  const { unexpected } = await sandbox.get('/_sandbox/unexpected');
  for (const { platform, operation, what, detail } of unexpected)
    problems.push(`${platform}: unexpected ${what} in ${operation}: ${detail}`);
  for (const id of suspects.slice(0, TIMELINES)) (await timelineOf(database, id)).forEach(say);

  return [
    ...problems,
    ...accidentsOf(storm),
    ...emptyColumns('faults', faults),
    ...emptyColumns('processes and stores', troubles),
    ...emptyColumns('ledger points', points),
    ...emptyColumns('commits', commits),
  ];
}

async function gather({ sandbox, posts, author, storm, calmSince }) {
  const { entries } = await sandbox.get('/_sandbox/inbox');
  const { calls } = await sandbox.get('/_sandbox/calls');
  return {
    inbox: readInbox(entries, { posts, pictures: author.pictures }),
    asked: whatWasAsked(posts, author.accepted),
    visible: calls.flatMap((call) => arrivalOf(call, calmSince)),
    kills: storm.kills.map(({ at }) => ({ at: new Date(at).toISOString() })),
  };
}

function arrivalOf({ platform, operation, visible, account, at }, calmSince) {
  const step = traitsOf(platform).step({ operation, visible });
  if (step === undefined || account === null) return [];
  return [{ platform, person: account, step, at, calm: Date.parse(at) > calmSince }];
}

function troublesOf(storm, author) {
  const killsOf = (name) => storm.kills.filter((kill) => kill.name === name).length;
  return {
    ...Object.fromEntries(storm.fleet.mortal.map(({ name }) => [`kills of ${name}`, killsOf(name)])),
    suspensions: storm.suspensions.length,
    ...(storm.hasLongOne ? { 'of them over 30 s': longOnesOf(storm) } : {}),
    'PostgreSQL killed': storm.outages.length,
    'queue wiped': storm.wiped === undefined ? 0 : 1,
    'requests repeated': author.repeated,
  };
}

const longOnesOf = ({ suspensions }) => suspensions.filter(({ seconds }) => seconds > 30).length;

/** While the database is away a process may fail to start; else nobody ends by itself. */
const AWAY_MARGIN_MS = 60_000;

function accidentsOf({ fleet, outages }) {
  const away = (at) => outages.some(({ from, to }) => at >= from && at <= to + AWAY_MARGIN_MS);
  return fleet.processes.flatMap(({ name, accidents }) =>
    accidents.filter(({ at }) => !away(at)).map(({ how }) => `${name} ended by itself: ${how}`),
  );
}
