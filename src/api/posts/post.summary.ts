import type { PlanOutcome, PublicationView } from '../../modules/publishing/index.js';
import type { SummaryDto } from '../plans/index.js';
import type { Plain } from '../common/plain.js';

const ends = ['published', 'failed', 'unconfirmed', 'skipped', 'canceled'] as const;
type End = (typeof ends)[number];

/** Counts the targets; one without a publication, or with one that still waits for something, is pending. */
export function summarize(publications: readonly (PublicationView | null)[]): Plain<SummaryDto> {
  const count = (end: End): number => publications.filter((view) => endOf(view) === end).length;
  return {
    total: publications.length,
    published: count('published'),
    failed: count('failed'),
    unconfirmed: count('unconfirmed'),
    skipped: count('skipped'),
    canceled: count('canceled'),
    pending: publications.filter((view) => endOf(view) === null).length,
  };
}

/** How much of the post is out, over all its targets; null while one is pending. */
export function outcomeOf(summary: Plain<SummaryDto>): PlanOutcome | null {
  if (summary.pending > 0) return null;
  const missing = summary.failed + summary.unconfirmed + summary.skipped;
  if (summary.published > 0) return missing === 0 ? 'complete' : 'partial';
  return summary.unconfirmed > 0 ? 'unknown' : 'none';
}

/** `unconfirmed` is an end only when nothing will be looked up any more. */
function endOf(view: PublicationView | null): End | null {
  if (view === null || view.waitingFor !== null) return null;
  return ends.find((end) => end === view.status) ?? null;
}
