import { isEnd, type PublicationState } from './publication.states.js';

export const planStatuses = [
  'scheduled',
  'processing',
  'published',
  'unconfirmed',
  'failed',
  'canceled',
] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** `any`: one live target makes the plan a success. `all`: every target has to be live. */
export type SuccessPolicy = 'any' | 'all';

export const planOutcomes = ['complete', 'partial', 'none', 'unknown'] as const;
/** How much of the plan is live, once it has settled. */
export type PlanOutcome = (typeof planOutcomes)[number];

export interface MergedPlan {
  readonly status: Exclude<PlanStatus, 'scheduled'>;
  /** Null while a target is open. */
  readonly outcome: PlanOutcome | null;
  readonly partiallyFailed: boolean;
  /** Set when the status alone does not say why: all targets skipped. */
  readonly reason: 'platform_disabled' | null;
}

interface Counts {
  readonly open: number;
  readonly published: number;
  readonly failed: number;
  readonly unconfirmed: number;
  readonly skipped: number;
  readonly canceled: number;
}

export function countStates(states: readonly PublicationState[]): Counts {
  const count = (state: PublicationState): number => states.filter((candidate) => candidate === state).length;
  return {
    open: states.filter((state) => !isEnd(state)).length,
    published: count('published'),
    failed: count('failed'),
    unconfirmed: count('unconfirmed'),
    skipped: count('skipped'),
    canceled: count('canceled'),
  };
}

/** The status of a plan from the states of its publications (design.md §2). Order does not matter. */
export function mergePlanStatus(states: readonly PublicationState[], policy: SuccessPolicy): MergedPlan {
  const counts = countStates(states);
  const partiallyFailed = counts.published > 0 && counts.failed > 0;
  if (counts.open > 0) return { status: 'processing', outcome: null, partiallyFailed, reason: null };
  return {
    status: settledStatus(counts, policy, states.length),
    outcome: outcomeOf(counts),
    partiallyFailed,
    reason: states.length > 0 && counts.skipped === states.length ? 'platform_disabled' : null,
  };
}

function settledStatus(counts: Counts, policy: SuccessPolicy, total: number): MergedPlan['status'] {
  if (counts.canceled === total && total > 0) return 'canceled';
  if (policy === 'all') {
    if (counts.failed > 0) return 'failed';
    if (counts.unconfirmed > 0) return 'unconfirmed';
    return counts.published > 0 ? 'published' : 'failed';
  }
  if (counts.published > 0) return 'published';
  return counts.unconfirmed > 0 ? 'unconfirmed' : 'failed';
}

function outcomeOf(counts: Counts): PlanOutcome {
  const missing = counts.failed + counts.unconfirmed + counts.skipped;
  if (counts.published > 0) return missing === 0 ? 'complete' : 'partial';
  return counts.unconfirmed > 0 ? 'unknown' : 'none';
}
