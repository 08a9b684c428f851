/** Everything that the ledger knows of one publication, in order. */
const TIMELINE = `
  SELECT to_char(at, 'HH24:MI:SS.MS') AS at, what FROM (
    SELECT started_at AS at, 'attempt ' || no || ' begins for ' || wake_reason || ', token ' || right(lease_token::text, 6) AS what
      FROM attempts WHERE publication_id = $1
    UNION ALL SELECT ended_at, 'attempt ' || no || ' ends: ' || outcome FROM attempts
               WHERE publication_id = $1 AND ended_at IS NOT NULL
    UNION ALL SELECT started_at, commit_key || ' call ' || no || ' starts, deadline ' || to_char(deadline_at, 'HH24:MI:SS')
                 FROM calls WHERE publication_id = $1
    UNION ALL SELECT ended_at, commit_key || ' call ' || no || ' ' || outcome || coalesce(' ' || (result->>'platformPostId'), '')
                     || coalesce(' ' || (error->>'code'), '') FROM calls WHERE publication_id = $1 AND ended_at IS NOT NULL
    UNION ALL SELECT verdict_at, commit_key || ' call ' || no || ' is judged ' || verdict FROM calls
               WHERE publication_id = $1 AND verdict_at IS NOT NULL
    UNION ALL SELECT at, commit_key || ' look: ' || verdict || ' ' || left(evidence::text, 120) FROM looks WHERE publication_id = $1
    UNION ALL SELECT at, coalesce(from_state, '-') || ' -> ' || to_state || ': ' || reason || coalesce(' ' || left(details::text, 120), '')
                 FROM transitions WHERE publication_id = $1
    UNION ALL SELECT settled_at, platform || ' ' || state || ', claims ' || claims || coalesce(', ' || platform_post_id, '')
                     || ' ' || left(warnings::text, 200) || coalesce(' ' || left(error::text, 300), '')
                 FROM publications WHERE id = $1
  ) AS story ORDER BY story.at NULLS LAST`;

/**
 * @param {import('./database.mjs').Database} database
 * @param {string} publicationId
 * @returns {Promise<string[]>}
 */
export async function timelineOf(database, publicationId) {
  const rows = await database.read(TIMELINE, [publicationId]);
  return [`publication ${publicationId}`, ...rows.map(({ at, what }) => `  ${at ?? '(open)'}  ${what}`)];
}
