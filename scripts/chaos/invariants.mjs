import { ask } from './evidence.mjs';
import { READABLE } from './traits.mjs';

const readable = READABLE.map((platform) => `'${platform}'`).join(', ');

/**
 * What of protocol.md §11 can be read at rest. Each query answers with what breaks it.
 * @type {{ no: number, says: string, broken: string }[]}
 */
const INVARIANTS = [
  {
    no: 1,
    says: 'at most one inbox entry for each commit',
    broken: `SELECT publication_id, key, count(*) AS entries FROM shown WHERE publication_id IS NOT NULL
              GROUP BY publication_id, key HAVING count(*) > 1`,
  },
  {
    no: 2,
    says: 'a committed row, not older than the send window, before each visible call',
    // A request is sent within 5 seconds, and a busy machine may be late to take it in. When the clocks are being moved, one of
    // them is a step ahead for a moment.
    broken: `, account AS (SELECT DISTINCT platform, person, account_id FROM asked),
             started AS (SELECT p.account_id, c.started_at, c.deadline_at FROM calls c JOIN publications p ON p.id = c.publication_id)
             SELECT v.platform, v.person, v.at::text AS seen FROM visible v JOIN account USING (platform, person),
                    LATERAL (SELECT v.calm::int * interval '30 seconds' AS step) AS ahead
              WHERE NOT EXISTS (SELECT FROM started s WHERE s.account_id = account.account_id
                       AND s.started_at <= v.at + interval '50 milliseconds' + ahead.step
                       AND CASE v.step WHEN 'first' THEN s.started_at >= v.at - interval '15 seconds' - ahead.step
                                       ELSE s.deadline_at >= v.at - interval '1 second' - ahead.step END)
             UNION ALL
             SELECT platform, person, 'more calls than rows' FROM account, (VALUES ('first'), ('last')) AS part(step)
              WHERE (SELECT count(*) FROM visible v WHERE v.platform = account.platform AND v.person = account.person
                        AND v.step = part.step)
                  > (SELECT count(*) FROM started s WHERE s.account_id = account.account_id)
             UNION ALL
             SELECT c.key, c.publication_id::text, 'calls are not numbered 1 to n' FROM commits c
              WHERE c.calls <> (SELECT count(*) FROM calls k WHERE k.publication_id = c.publication_id
                                   AND k.content_revision = c.content_revision AND k.commit_key = c.key AND k.no <= c.calls)`,
  },
  {
    no: 3,
    says: 'a call is repeated only when the one before is refused, absent, or repeatable with the same bytes',
    broken: `SELECT n.publication_id, n.commit_key, n.no FROM calls n
               JOIN calls b ON b.publication_id = n.publication_id AND b.content_revision = n.content_revision
                           AND b.commit_key = n.commit_key AND b.no = n.no - 1
               JOIN commits c ON c.publication_id = n.publication_id AND c.content_revision = n.content_revision
                             AND c.key = n.commit_key
               JOIN publications p ON p.id = n.publication_id
              WHERE NOT coalesce(b.outcome = 'refused' AND b.ended_at <= n.started_at, false)
                AND NOT coalesce(b.verdict = 'absent' AND b.verdict_at <= n.started_at
                                 AND p.platform IN (${readable}), false)
                AND NOT coalesce(c.repeat_until > n.started_at AND b.request_hash = n.request_hash, false)`,
  },
  {
    no: 5,
    says: 'every answer that reached a living worker is in the ledger',
    broken: `SELECT c.publication_id, c.commit_key, c.started_at::text FROM calls c WHERE c.outcome IS NULL
                AND NOT EXISTS (SELECT FROM kills k WHERE k.at BETWEEN c.started_at AND c.deadline_at + interval '20 seconds')`,
  },
  {
    no: 6,
    says: 'published says what is live, failed what is not, and an id belongs to one publication',
    // What is proven not to be there does not count as the first.
    broken: `, first AS (
               SELECT DISTINCT ON (publication_id) publication_id, state, result->>'platformPostId' AS platform_post_id
                 FROM commits WHERE state <> 'clear' ORDER BY publication_id, position)
             SELECT id, state, 'its first commit is not done' AS why FROM target t WHERE state = 'published'
                AND NOT EXISTS (SELECT FROM first f WHERE f.publication_id = t.id AND f.state = 'done'
                                   AND f.platform_post_id = t.platform_post_id)
             UNION ALL
             SELECT id, state, 'its first commit is done' FROM target t WHERE state <> 'published'
                AND EXISTS (SELECT FROM first f WHERE f.publication_id = t.id AND f.state = 'done')
             UNION ALL
             SELECT id, state, 'its id is not in the inbox' FROM standing WHERE state = 'published' AND NOT id_shown
             UNION ALL
             SELECT id, state, 'it is live' FROM standing WHERE state = 'failed' AND entries_shown > 0
             UNION ALL
             SELECT min(id::text)::uuid, 'published', 'its id belongs to another one as well' FROM target
              WHERE platform_post_id IS NOT NULL GROUP BY account_id, platform_post_id HAVING count(*) > 1`,
  },
  {
    no: 7,
    says: 'nothing is unsettled without a wake and a reason, and nothing is unsettled at rest',
    broken: `SELECT id, state, wake_at::text, wake_reason FROM publications WHERE settled_at IS NULL
             UNION ALL
             SELECT id, status, NULL, NULL FROM plans WHERE settled_at IS NULL`,
  },
  {
    no: 8,
    says: 'the plan says what its publications say, and settles once for each revision',
    broken: `, merged AS (
               SELECT pl.id, pl.status, pl.settled_revision,
                      CASE WHEN bool_or(p.settled_at IS NULL) THEN 'processing'
                           WHEN bool_and(p.state = 'canceled') THEN 'canceled'
                           WHEN bool_or(p.state = 'published') THEN 'published'
                           WHEN bool_or(p.state = 'unconfirmed') THEN 'unconfirmed' ELSE 'failed' END AS wanted
                 FROM plans pl JOIN publications p ON p.plan_id = pl.id WHERE pl.success_policy = 'any'
                GROUP BY pl.workspace_id, pl.id, pl.status, pl.settled_revision)
             SELECT id, status, wanted FROM merged WHERE status <> wanted
             UNION ALL
             SELECT id, 'revision ' || settled_revision, 'events do not fit' FROM merged m
              WHERE settled_revision <> (SELECT count(*) FROM outbox o WHERE o.type = 'publishing.plan-settled'
                                            AND o.data->>'planId' = m.id::text)
                 OR settled_revision <> (SELECT count(DISTINCT o.data->>'revision') FROM outbox o
                                          WHERE o.type = 'publishing.plan-settled' AND o.data->>'planId' = m.id::text)`,
  },
  {
    no: 10,
    says: 'one post for each request, one plan for each post, one publication for each target',
    broken: `SELECT post_id, count(*) AS plans, NULL::bigint AS publications FROM plans GROUP BY post_id HAVING count(*) > 1
             UNION ALL
             SELECT post_id, NULL, count(*) FROM publications GROUP BY post_id, account_id HAVING count(*) > 1
             UNION ALL
             SELECT id, NULL, NULL FROM posts WHERE id NOT IN (SELECT post_id FROM asked WHERE post_id IS NOT NULL)`,
  },
  {
    no: 11,
    says: 'events are numbered 1 to n, and each is delivered to every listener',
    broken: `SELECT workspace_id::text, 'numbers' AS what, count(*)::text AS found FROM outbox GROUP BY workspace_id
             HAVING count(*) <> max(seq) OR min(seq) <> 1 OR count(*) <> count(seq) OR count(*) <> count(DISTINCT seq)
             UNION ALL
             SELECT event_id::text, listener, state || ': ' || coalesce(last_error, '') FROM deliveries
              WHERE state <> 'delivered'`,
  },
  {
    no: 12,
    says: 'parts of a thread are a prefix, each replying to the one before',
    broken: `, part AS (SELECT publication_id, post_id, reply_to, substr(key, 6)::int AS part FROM shown
                         WHERE key LIKE 'part:%' AND publication_id IS NOT NULL)
             SELECT p.publication_id, p.part FROM part p
              WHERE p.part = 0 AND p.reply_to IS NOT NULL
                 OR p.part > 0 AND NOT EXISTS (SELECT FROM part b WHERE b.publication_id = p.publication_id
                                                  AND b.part = p.part - 1 AND b.post_id = p.reply_to)`,
  },
  {
    no: 14,
    says: 'nothing goes out early',
    broken: `SELECT c.publication_id, c.started_at::text, p.due_at::text FROM calls c JOIN publications p ON p.id = c.publication_id
              WHERE c.started_at < p.due_at`,
  },
];

const SHOWN = 5;

/**
 * @param {import('./database.mjs').Database} database
 * @param {import('./evidence.mjs').Evidence} evidence
 * @returns {Promise<{ no: number, says: string, violations: string[], count: number }[]>}
 */
export async function checkInvariants(database, evidence) {
  const checked = [];
  for (const { no, says, broken } of INVARIANTS) {
    const rows = await ask(database, evidence, broken);
    const violations = rows.slice(0, SHOWN).map((row) => Object.values(row).map(String).join(' '));
    checked.push({ no, says, violations, count: rows.length });
  }
  return checked;
}
