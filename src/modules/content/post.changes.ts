import { canonicalJson } from '../../common/crypto/index.js';
import { newId } from '../../common/ids/index.js';
import { laterOf } from './identifiers.js';
import type { CreatePost, PatchPost, ScheduleChange, ScheduleInput, TargetInput } from './post.input.js';
import type { PostTarget, PostWarning } from './post.js';
import type { PostRow } from './posts.repository.js';
import { contentHashOf } from './target.composer.js';

/** Targets as they are stored. An account that the post had before keeps its target's id. */
export function targetsFrom(
  inputs: readonly TargetInput[],
  before: readonly PostTarget[] = [],
): PostTarget[] {
  return inputs.map((input) => ({
    id: before.find((target) => target.accountId === input.accountId)?.id ?? newId(),
    accountId: input.accountId,
    text: input.text ?? null,
    link: input.link ?? null,
    media: input.media ?? null,
    thread: input.thread ?? null,
    settings: input.settings ?? null,
    policy: input.policy ?? null,
  }));
}

export function newRow(
  input: CreatePost,
  targets: readonly PostTarget[],
  warnings: readonly PostWarning[],
): PostRow {
  const draft: PostRow = {
    id: newId(),
    editorialState: 'draft',
    text: input.text,
    link: input.link,
    media: input.media,
    thread: input.thread,
    scheduledFor: null,
    timezone: null,
    dueAt: null,
    occurrenceId: null,
    policy: input.policy,
    externalId: input.externalId,
    metadata: input.metadata,
    labels: input.labels,
    warnings,
    contentHash: contentHashOf(input, targets),
    revision: 1,
    contentRevision: 1,
    latestPlanId: null,
    latestPlanStatus: null,
    latestPlanRevision: null,
    plansAfter: null,
    canceledAt: null,
  };
  return input.schedule === null ? draft : scheduled(draft, input.schedule).row;
}

export interface ChangedRow {
  readonly row: PostRow;
  readonly content: boolean;
  readonly policy: boolean;
  readonly schedule: ScheduleChange;
}

/** The row after a patch; what is absent stays. Warnings are those of this change. */
export function changedRow(
  before: PostRow,
  patch: PatchPost,
  targets: readonly PostTarget[],
  warnings: readonly PostWarning[],
): ChangedRow {
  const merged: PostRow = {
    ...before,
    text: patch.text ?? before.text,
    link: patch.link === undefined ? before.link : patch.link,
    media: patch.media ?? before.media,
    thread: patch.thread ?? before.thread,
    policy: patch.policy ?? before.policy,
    externalId: patch.externalId === undefined ? before.externalId : patch.externalId,
    metadata: patch.metadata ?? before.metadata,
    labels: patch.labels ?? before.labels,
    warnings,
    revision: before.revision + 1,
  };
  const contentHash = contentHashOf(merged, targets);
  const content = contentHash !== before.contentHash;
  const contentRevision = before.contentRevision + (content ? 1 : 0);
  const { row, change } = rescheduled({ ...merged, contentHash, contentRevision }, patch.schedule);
  return {
    row,
    content,
    policy: canonicalJson(merged.policy) !== canonicalJson(before.policy),
    schedule: change,
  };
}

/** Whether each account is told the same of how it is tried. */
export function samePolicies(before: readonly PostTarget[], after: readonly PostTarget[]): boolean {
  const told = (targets: readonly PostTarget[]): string =>
    canonicalJson(Object.fromEntries(targets.map(({ accountId, policy }) => [accountId, { ...policy }])));
  return told(before) === told(after);
}

/** The row without its time: a draft again. Plans of the time that it had say nothing of it any more. */
export function unscheduled(row: PostRow): PostRow {
  return {
    ...withoutPlan(row),
    editorialState: 'draft',
    scheduledFor: null,
    timezone: null,
    dueAt: null,
    occurrenceId: null,
    canceledAt: null,
  };
}

function rescheduled(
  row: PostRow,
  schedule: ScheduleInput | null | undefined,
): { row: PostRow; change: ScheduleChange } {
  if (schedule === undefined) return { row, change: 'none' };
  if (schedule !== null) return scheduled(row, schedule);
  return row.occurrenceId === null ? { row, change: 'none' } : { row: unscheduled(row), change: 'removed' };
}

function scheduled(row: PostRow, schedule: ScheduleInput): { row: PostRow; change: ScheduleChange } {
  const { scheduledFor, timezone, time } = schedule;
  if (!time.ok) throw new TypeError('a time that was not resolved cannot be kept');
  const { dueAt } = time;
  if (isPending(row)) {
    const same = row.dueAt?.getTime() === dueAt.getTime();
    return { row: { ...row, scheduledFor, timezone, dueAt }, change: same ? 'none' : 'moved' };
  }
  return {
    row: {
      ...withoutPlan(row),
      editorialState: 'approved',
      scheduledFor,
      timezone,
      dueAt,
      occurrenceId: newId(),
      canceledAt: null,
    },
    change: 'new',
  };
}

/** It has a time that was neither taken back nor reached. */
export function isPending(row: Pick<PostRow, 'occurrenceId' | 'canceledAt' | 'latestPlanId'>): boolean {
  return row.occurrenceId !== null && row.canceledAt === null && row.latestPlanId === null;
}

function withoutPlan(row: PostRow): PostRow {
  return {
    ...row,
    latestPlanId: null,
    latestPlanStatus: null,
    latestPlanRevision: null,
    plansAfter: laterOf(laterOf(row.plansAfter, row.latestPlanId), row.occurrenceId),
  };
}
