import { ask } from './evidence.mjs';
import { READABLE } from './traits.mjs';

/**
 * What is lost: not there, and nobody says so. Nothing in a run entitles the engine to give a post up. What is open is not lost yet;
 * it stands only where the time was over before the end.
 */
const STANDING = `
  SELECT platform, count(*)::int AS asked,
         count(*) FILTER (WHERE state = 'published')::int AS published,
         sum(entries_shown - parts_shown)::int AS duplicates,
         count(*) FILTER (WHERE id IS NULL OR NOT open AND state NOT IN ('published', 'unconfirmed', 'failed')
                             OR state = 'failed' AND entries_shown = 0
                             OR state = 'published' AND NOT id_shown
                             OR state = 'published' AND NOT incomplete AND parts_shown < entries)::int AS lost,
         count(*) FILTER (WHERE state = 'failed' AND entries_shown > 0)::int AS "failed but live",
         count(*) FILTER (WHERE state = 'unconfirmed')::int AS unconfirmed,
         count(*) FILTER (WHERE state = 'published' AND incomplete)::int AS incomplete,
         count(*) FILTER (WHERE open)::int AS open
    FROM standing GROUP BY platform ORDER BY platform`;

const STRANGERS = `SELECT platform, post_id FROM inbox WHERE no IS NULL`;

const SUSPECTS = `
  SELECT id FROM standing
   WHERE id IS NOT NULL AND (entries_shown > parts_shown OR state NOT IN ('published', 'unconfirmed')
      OR state = 'published' AND NOT id_shown
      OR state = 'published' AND NOT incomplete AND parts_shown < entries
      OR platform = ANY (ARRAY[${READABLE.map((platform) => `'${platform}'`).join(', ')}]) AND (state = 'unconfirmed' OR incomplete))`;

/**
 * How each platform stands: the inboxes beside the database.
 * @param {import('./database.mjs').Database} database
 * @param {import('./evidence.mjs').Evidence} evidence
 * @returns {Promise<{ rows: Record<string, any>[], problems: string[], suspects: string[] }>}
 */
export async function comparePlatforms(database, evidence) {
  const rows = await ask(database, evidence, STANDING);
  const strangers = await ask(database, evidence, STRANGERS);
  const suspects = await ask(database, evidence, SUSPECTS);
  const problems = rows.flatMap((row) => problemsOf(row));
  for (const { platform, post_id } of strangers)
    problems.push(`${platform}: ${post_id} is live and nobody asked for it`);
  return { rows, problems, suspects: suspects.map(({ id }) => id) };
}

function problemsOf(row) {
  const forbidden = ['duplicates', 'lost', 'failed but live'];
  if (READABLE.includes(row.platform)) forbidden.push('unconfirmed', 'incomplete');
  return forbidden.filter((name) => row[name] > 0).map((name) => `${row.platform}: ${row[name]} ${name}`);
}
