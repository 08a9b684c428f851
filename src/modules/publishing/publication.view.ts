import type { PublicationEntity } from './entities/publication.entity.js';
import { isEnd } from './publication.states.js';
import type { StoredError, StoredWarning } from './stored-error.js';

/** What a client reads: stored states, and those derived from the wake (design.md §2). */
export const publicationStatuses = [
  'scheduled',
  'queued',
  'publishing',
  'processing',
  'retrying',
  'published',
  'failed',
  'unconfirmed',
  'skipped',
  'canceled',
  'held',
] as const;
export type PublicationStatus = (typeof publicationStatuses)[number];

export interface WaitingFor {
  /** snake_case: `due_time`, `retry`, `rate_limit`, `platform`, `outcome_check`, … */
  readonly reason: string;
  readonly until: Date | null;
}

/** Ids are UUIDs; the API adds their prefixes. */
export interface PublicationView {
  readonly id: string;
  readonly planId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly status: PublicationStatus;
  readonly dueAt: Date;
  readonly permalink: string | null;
  readonly platformPostId: string | null;
  readonly publishedAt: Date | null;
  /** When it was deleted on the platform, by us. */
  readonly deletedAt: Date | null;
  /** Milliseconds from the due time to the publication. */
  readonly latenessMs: number | null;
  readonly attemptCount: number;
  readonly nextAttemptAt: Date | null;
  readonly waitingFor: WaitingFor | null;
  readonly reason: string | null;
  readonly error: StoredError | null;
  readonly warnings: readonly StoredWarning[];
}

export function statusOf(
  row: Pick<PublicationEntity, 'state' | 'wakeReason' | 'dueAt' | 'attemptCount' | 'held'>,
  now: Date,
): PublicationStatus {
  if (isEnd(row.state)) return row.state;
  if (row.state === 'with_platform') return 'processing';
  if (row.state === 'running') return 'publishing';
  if (row.held && row.wakeReason !== 'reconcile') return 'held';
  switch (row.wakeReason) {
    case 'reconcile':
      return 'unconfirmed';
    case 'retry':
    case 'rate_limit':
    case 'auth_renewed':
    case 'same_content_open':
    case 'clock_jump':
    case 'shutdown':
      return 'retrying';
    case 'due':
    case 'budget':
    case 'circuit':
    case 'content_changed':
    case 'hold':
    case null:
      return row.dueAt.getTime() > now.getTime() ? 'scheduled' : 'queued';
    case 'platform_off':
      return 'held';
    case 'look':
      return 'processing';
    case 'lease':
    case 'media':
    case 'resolved':
      return 'queued';
  }
}

const waitingReasons: Record<string, string> = {
  media: 'media',
  due: 'due_time',
  retry: 'retry',
  rate_limit: 'rate_limit',
  budget: 'rate_limit',
  circuit: 'platform_outage',
  look: 'platform_processing',
  reconcile: 'outcome_check',
  auth_renewed: 'new_credentials',
  same_content_open: 'same_content_elsewhere',
  content_changed: 'due_time',
  shutdown: 'worker_restart',
  clock_jump: 'clock_check',
  hold: 'hold',
  platform_off: 'platform_off',
  lease: 'worker',
  resolved: 'worker',
};

export function viewOf(row: PublicationEntity, now: Date): PublicationView {
  const waiting = row.state === 'waiting' || row.state === 'with_platform';
  return {
    id: row.id,
    planId: row.planId,
    postId: row.postId,
    accountId: row.accountId,
    platform: row.platform,
    status: statusOf(row, now),
    dueAt: row.dueAt,
    permalink: row.permalink,
    platformPostId: row.platformPostId,
    publishedAt: row.publishedAt,
    deletedAt: row.deletedAt,
    latenessMs:
      row.publishedAt === null ? null : Math.max(0, row.publishedAt.getTime() - row.dueAt.getTime()),
    attemptCount: row.attemptCount,
    nextAttemptAt: waiting ? row.wakeAt : null,
    waitingFor: waiting
      ? { reason: waitingReasons[row.wakeReason ?? 'due'] ?? 'due_time', until: row.wakeAt }
      : null,
    reason: row.reason,
    error: row.error,
    warnings: row.warnings,
  };
}
