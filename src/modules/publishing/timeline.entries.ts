import type { AttemptEntity } from './entities/attempt.entity.js';
import type { CallEntity } from './entities/call.entity.js';
import type { DeletionEntity } from './entities/deletion.entity.js';
import type { LookEntity } from './entities/look.entity.js';
import type { TransitionEntity } from './entities/transition.entity.js';

/** In the order in which they belong together when they bear the same time. */
export const timelineKinds = ['attempt', 'call', 'answer', 'look', 'state'] as const;

/** Whom an entry is about. */
export interface TimelineSubject {
  readonly publicationId: string;
  readonly accountId: string;
  readonly platform: string;
}

/** One thing that happened to a publication. */
export interface TimelineEntry extends TimelineSubject {
  readonly at: Date;
  readonly kind: (typeof timelineKinds)[number];
  /** One line for a person. */
  readonly summary: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Oldest first. What bears the same millisecond keeps the order in which things follow one another. */
export function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const rank = ({ kind }: TimelineEntry): number => timelineKinds.indexOf(kind);
  return entries.toSorted((a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b));
}

export function stateEntry(of: TimelineSubject, state: TransitionEntity): TimelineEntry {
  const { at, fromState: from, toState: to, reason, details } = state;
  const summary = from === to ? `${to}: ${reason}` : `${from ?? 'new'} → ${to}: ${reason}`;
  return { ...of, at, kind: 'state', summary, details: { from, to, reason, ...details } };
}

export function attemptEntry(of: TimelineSubject, attempt: AttemptEntity): TimelineEntry {
  const { no, startedAt: at, outcome, error, wakeReason } = attempt;
  const summary = `Attempt ${no} began (${wakeReason}).`;
  return { ...of, at, kind: 'attempt', summary, details: { no, outcome, error } };
}

export function lookEntry(of: TimelineSubject, look: LookEntity): TimelineEntry {
  const { at, commitKey: commit, verdict, evidence } = look;
  const summary = `Looked on the platform for ${commit}: ${verdict}.`;
  return { ...of, at, kind: 'look', summary, details: { commit, verdict, evidence } };
}

/** The request when it was recorded, and the answer when it was. */
export function callEntries(of: TimelineSubject, call: CallEntity): TimelineEntry[] {
  const {
    commitKey: commit,
    no,
    startedAt,
    endedAt,
    request,
    outcome,
    answer,
    result,
    error,
    verdict,
  } = call;
  const what = `Call ${no} of ${commit}`;
  const started: TimelineEntry = {
    ...of,
    at: startedAt,
    kind: 'call',
    summary: `${what} recorded, then sent.`,
    details: { commit, no, request },
  };
  if (endedAt === null) return [started];
  const details = { commit, no, outcome, answer, result, error, verdict };
  const summary = `${what} ended: ${outcome ?? 'unknown'}.`;
  return [started, { ...of, at: endedAt, kind: 'answer', summary, details }];
}

/** Taking back what is out is a visible call as well. */
export function deletionEntries(of: TimelineSubject, deletion: DeletionEntity): TimelineEntry[] {
  const { commitKey: commit, platformPostId, startedAt, endedAt, request, outcome, answer, error } = deletion;
  const what = `Deletion of ${commit} (${platformPostId})`;
  const started: TimelineEntry = {
    ...of,
    at: startedAt,
    kind: 'call',
    summary: `${what} recorded, then sent.`,
    details: { commit, platformPostId, request },
  };
  if (endedAt === null) return [started];
  const details = { commit, platformPostId, outcome, answer, error };
  const summary = `${what} ended: ${outcome ?? 'unknown'}.`;
  return [started, { ...of, at: endedAt, kind: 'answer', summary, details }];
}
