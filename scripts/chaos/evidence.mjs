/**
 * What the simulators saw, as tables beside those of the database: every question of the verdict is one query over both.
 * @typedef {object} Evidence
 * @property {import('./inbox.mjs').Shown[]} inbox
 * @property {import('./inbox.mjs').Asked[]} asked
 * @property {{ platform: string, person: string, step: 'first' | 'last', at: string, calm: boolean }[]} visible calls, as they
 * arrived
 * @property {{ at: string }[]} kills
 */

const TABLES = `
  WITH inbox AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
        AS i(platform text, person text, post_id text, no integer, key text, reply_to text)
  ), asked AS (
    SELECT * FROM jsonb_to_recordset($2::jsonb)
        AS a(no integer, platform text, person text, post_id uuid, account_id uuid, entries integer)
  ), visible AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS v(platform text, person text, step text, at timestamptz, calm boolean)
  ), kills AS (
    SELECT * FROM jsonb_to_recordset($4::jsonb) AS k(at timestamptz)
  ), target AS (
    SELECT a.no, a.platform, a.person, a.entries, p.id, p.state, p.platform_post_id, p.account_id,
           p.id IS NOT NULL AND p.settled_at IS NULL AS open,
           EXISTS (SELECT FROM jsonb_array_elements(p.warnings) w WHERE w->>'code' = 'incomplete') AS incomplete
      FROM asked a LEFT JOIN publications p ON p.post_id = a.post_id AND p.account_id = a.account_id
  ), shown AS (
    SELECT i.*, t.id AS publication_id FROM inbox i LEFT JOIN target t USING (no, platform, person)
  ), standing AS (
    SELECT t.*, count(s.key)::integer AS entries_shown, count(DISTINCT s.key)::integer AS parts_shown,
           coalesce(bool_or(s.post_id = t.platform_post_id), false) AS id_shown
      FROM target t LEFT JOIN shown s ON s.publication_id = t.id
     GROUP BY t.no, t.platform, t.person, t.entries, t.id, t.state, t.platform_post_id, t.account_id, t.open, t.incomplete
  )`;

/**
 * Asks over `inbox`, `asked`, `visible`, `kills`, `target`, `shown`, `standing` and the tables of the database.
 * @param {import('./database.mjs').Database} database
 * @param {Evidence} evidence
 * @param {string} question
 */
export function ask(database, { inbox, asked, visible, kills }, question) {
  const tables = [inbox, asked, visible, kills].map((rows) => JSON.stringify(rows));
  return database.read(`${TABLES} ${question}`, tables);
}
