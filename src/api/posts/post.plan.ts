import type { Post, PostStatus } from '../../modules/content/index.js';
import { planIdOf, type PlanView } from '../../modules/publishing/index.js';

/** The id of the plan that the post's date has or will have; null when it has none. */
export function plannedIdOf({ occurrenceId }: Pick<Post, 'occurrenceId'>): string | null {
  return occurrenceId === null ? null : planIdOf(occurrenceId);
}

/**
 * The latest plan, when it says something of the post as it is. A canceled one of a date that was taken back or given anew
 * does not; neither is a plan there yet in the moment after scheduling.
 */
export function currentPlan(post: Post, latest: PlanView | null): PlanView | null {
  if (latest === null || latest.status !== 'canceled') return latest;
  return latest.id === plannedIdOf(post) || latest.id === post.latestPlanId ? latest : null;
}

/** The editorial state first, then the plan: as Content has it, without waiting for the events. */
export function postStatusOf(post: Post, plan: PlanView | null): PostStatus {
  if (plan !== null) return plan.status;
  if (post.canceledAt !== null) return 'canceled';
  return post.editorialState === 'approved' && post.occurrenceId !== null ? 'scheduled' : post.editorialState;
}
