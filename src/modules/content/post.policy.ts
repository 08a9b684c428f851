import { type DroppablePart, type RetryProfileName, retryProfileNames } from '../../platforms/core/index.js';

/** When a post counts as published: one target is enough, or every one that was not skipped or canceled. */
export const successPolicies = ['any', 'all'] as const;
export type SuccessPolicy = (typeof successPolicies)[number];

/** How a failure that may pass is tried again. */
export const retryPolicies = retryProfileNames;

/** Which of a workspace's posts that are due go first. It takes no turn from another workspace. */
export const priorities = ['urgent', 'normal', 'bulk'] as const;
export type Priority = (typeof priorities)[number];

/** The least that a late policy may say: what is due has to be taken up first. */
export const leastNotAfterMinutes = 1;

/** What happens to a post that could not go out in time. The minutes count from the time it was due. */
export type LatePolicy =
  | { readonly mode: 'publish' }
  | { readonly mode: 'skip'; readonly notAfterMinutes: number }
  | { readonly mode: 'ask'; readonly notAfterMinutes: number };

/** What a target may have of its own. */
export interface TargetPolicy {
  /** Null: the platform's own. */
  readonly retry: RetryProfileName | null;
  /** How long it is tried and waited for others, from its time or from when a person let it go on; null: a day of waiting. */
  readonly giveUpAfterMinutes: number | null;
  /** What may be left out instead of failing; whatever was left out is a warning on the publication. */
  readonly degrade: readonly DroppablePart[];
}

export interface PostPolicy extends TargetPolicy {
  readonly success: SuccessPolicy;
  readonly late: LatePolicy;
  readonly priority: Priority;
}

export const defaultPolicy: PostPolicy = {
  success: 'any',
  late: { mode: 'publish' },
  priority: 'normal',
  retry: null,
  giveUpAfterMinutes: null,
  degrade: [],
};

/** What holds for a target: its own, and for what it does not say, the post's. */
export function policyOfTarget(post: PostPolicy, own: Partial<TargetPolicy> | null): TargetPolicy {
  const { retry, giveUpAfterMinutes, degrade } = { ...post, ...own };
  return { retry, giveUpAfterMinutes, degrade };
}
