import { ask } from './evidence.mjs';

/** What a process was doing when it was ended, as far as the ledger shows: attempts that nobody ended. */
const CUT = `
  , cut AS (
    SELECT a.id, a.publication_id,
           (SELECT c.id FROM calls c WHERE c.attempt_id = a.id ORDER BY c.started_at DESC, c.no DESC LIMIT 1) AS last_call
      FROM attempts a WHERE a.ended_at IS NULL
  ), point AS (
    SELECT CASE WHEN c.id IS NULL THEN 'before the first call'
                WHEN c.outcome IS NOT NULL THEN 'after an answer was stored'
                WHEN EXISTS (SELECT FROM shown s WHERE s.publication_id = cut.publication_id AND s.key = c.commit_key)
                THEN 'call open, it is live' ELSE 'call open, it is not live' END AS point
      FROM cut LEFT JOIN calls c ON c.id = cut.last_call)
  SELECT point, count(*)::int AS count FROM point GROUP BY point`;

const POINTS = [
  'before the first call',
  'call open, it is not live',
  'call open, it is live',
  'after an answer was stored',
];

const OPEN_AGAIN = `
  SELECT (SELECT count(DISTINCT (publication_id, content_revision, commit_key)) FROM calls
           WHERE outcome IS NULL OR outcome = 'unknown')::int AS "met again open",
         (SELECT count(DISTINCT (publication_id, content_revision, commit_key)) FROM calls WHERE verdict = 'found')::int AS found,
         (SELECT count(DISTINCT (publication_id, content_revision, commit_key)) FROM calls WHERE verdict = 'absent')::int AS absent,
         (SELECT count(DISTINCT (publication_id, content_revision, commit_key)) FROM looks
           WHERE verdict = 'cannot_tell')::int AS "cannot tell",
         (SELECT count(*) FROM calls n JOIN calls b USING (publication_id, content_revision, commit_key)
           WHERE b.no = n.no - 1 AND b.verdict IS NULL AND b.outcome IS DISTINCT FROM 'refused')::int AS "repeated by key",
         (SELECT count(*) FROM looks WHERE verdict = 'failed')::int AS "looks that failed"`;

/**
 * @param {import('./database.mjs').Database} database
 * @param {import('./evidence.mjs').Evidence} evidence
 * @returns {Promise<{ points: Record<string, number>, commits: Record<string, number> }>}
 */
export async function readWhatHappened(database, evidence) {
  const points = Object.fromEntries(POINTS.map((point) => [point, 0]));
  for (const { point, count } of await ask(database, evidence, CUT)) points[point] = count;
  const [commits] = await ask(database, evidence, OPEN_AGAIN);
  return { points, commits };
}
