import type { PublicationState } from '../../../src/modules/publishing/publication.states.js';
import type { SuccessPolicy } from '../../../src/modules/publishing/plan-status.js';
import type { Backend } from '../database/backends.js';

export interface PlanRow {
  readonly id: string;
  readonly post: string;
  readonly status: string;
  readonly policy: SuccessPolicy;
  readonly handed: boolean;
  readonly started: boolean;
  readonly settled: boolean;
  readonly revision: number;
}

export interface PublicationRow {
  readonly id: string;
  readonly plan: string;
  readonly post: string;
  readonly account: string;
  readonly platform: string;
  readonly state: PublicationState;
  /** Milliseconds, like every time here. */
  readonly due: number;
  readonly content_revision: number | null;
  readonly token: string | null;
  readonly lease_until: number | null;
  readonly wake_at: number | null;
  readonly wake_reason: string | null;
  readonly going_out: boolean;
  readonly held: boolean;
  readonly retries: number;
  readonly platform_post_id: string | null;
}

export interface CommitRow {
  readonly publication: string;
  readonly revision: number;
  readonly key: string;
  readonly position: number;
  readonly state: 'open' | 'done' | 'clear';
  readonly result: string | null;
  readonly resolved_by: string | null;
  readonly repeat_until: number | null;
}

export interface CallRow {
  readonly id: string;
  readonly publication: string;
  readonly revision: number;
  readonly key: string;
  readonly no: number;
  readonly token: string;
  readonly hash: string;
  readonly started_at: number;
  readonly deadline_at: number;
  readonly outcome: 'done' | 'refused' | 'unknown' | null;
  readonly verdict: string | null;
  readonly result: string | null;
}

export interface NumberedEvent {
  readonly seq: number;
  readonly type: string;
  readonly plan: string | null;
  readonly revision: number | null;
}

/** What the database holds between two transactions, as far as the checks ask. */
export interface Snapshot {
  readonly plans: readonly PlanRow[];
  readonly publications: readonly PublicationRow[];
  readonly commits: readonly CommitRow[];
  readonly calls: readonly CallRow[];
  /** Those that have a number which the snapshot before did not know. */
  readonly numbered: readonly NumberedEvent[];
  readonly unnumbered: number;
  readonly deliveries: readonly { readonly next: number; readonly lease: number | null }[];
  readonly occurrences: readonly { readonly id: string; readonly due: number }[];
  readonly holds: readonly { readonly scope: string; readonly subject: string }[];
}

export const emptySnapshot: Snapshot = {
  plans: [],
  publications: [],
  commits: [],
  calls: [],
  numbered: [],
  unnumbered: 0,
  deliveries: [],
  occurrences: [],
  holds: [],
};

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;

const list = (columns: string, from: string): string =>
  `(SELECT coalesce(json_agg(t), '[]') FROM (SELECT ${columns} FROM ${from}) AS t)`;

const query = `SELECT json_build_object(
  'plans', ${list(
    `id, post_id AS post, status, success_policy AS policy, handed_over_at IS NOT NULL AS handed,
     started_at IS NOT NULL AS started, settled_at IS NOT NULL AS settled, settled_revision AS revision`,
    'plans ORDER BY id',
  )},
  'publications', ${list(
    `id, plan_id AS plan, post_id AS post, account_id AS account, platform, state, ${ms('due_at')} AS due, content_revision,
     lease_token AS token, ${ms('lease_until')} AS lease_until, ${ms('wake_at')} AS wake_at, wake_reason,
     going_out_at IS NOT NULL AS going_out, held, retries, platform_post_id`,
    'publications ORDER BY id',
  )},
  'commits', ${list(
    `publication_id AS publication, content_revision AS revision, key, position, state, result ->> 'platformPostId' AS result,
     resolved_by, ${ms('repeat_until')} AS repeat_until`,
    'commits ORDER BY publication_id, content_revision, position',
  )},
  'calls', ${list(
    `id, publication_id AS publication, content_revision AS revision, commit_key AS key, no, lease_token AS token,
     request_hash AS hash, ${ms('started_at')} AS started_at, ${ms('deadline_at')} AS deadline_at, outcome, verdict,
     result ->> 'platformPostId' AS result`,
    'calls ORDER BY publication_id, content_revision, commit_key, no',
  )},
  'numbered', ${list(
    `seq, type, data ->> 'planId' AS plan, (data ->> 'revision')::int AS revision`,
    'outbox WHERE seq > $1 ORDER BY seq',
  )},
  'unnumbered', (SELECT count(*) FROM outbox WHERE seq IS NULL),
  'deliveries', ${list(
    `${ms('next_attempt_at')} AS next, ${ms('lease_until')} AS lease`,
    `deliveries WHERE state = 'pending' ORDER BY seq, listener`,
  )},
  'occurrences', ${list(`id, ${ms('due_at')} AS due`, `occurrences WHERE state = 'planned' ORDER BY id`)},
  'holds', ${list('scope, subject_id AS subject', 'holds ORDER BY id')}
) AS snapshot`;

export async function readSnapshot(control: Backend, lastSeq: number): Promise<Snapshot> {
  const { rows } = await control.send(query, [lastSeq]);
  const [row] = rows as { snapshot: Snapshot }[];
  if (row === undefined) throw new Error('no snapshot');
  return row.snapshot;
}
