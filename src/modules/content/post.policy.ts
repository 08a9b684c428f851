/** When a post counts as published: one target is enough, or every one that was not skipped or canceled. */
export const successPolicies = ['any', 'all'] as const;
export type SuccessPolicy = (typeof successPolicies)[number];

/** What may be left out instead of failing; whatever was left out is a warning on the publication. */
export const degradableParts = ['link_card', 'first_comment', 'alt_text'] as const;
export type DegradablePart = (typeof degradableParts)[number];

/** What happens to a post that could not go out in time. The minutes count from the time it was due. */
export type LatePolicy =
  | { readonly mode: 'publish' }
  | { readonly mode: 'skip'; readonly notAfterMinutes: number }
  | { readonly mode: 'ask'; readonly notAfterMinutes: number };

export interface PostPolicy {
  readonly success: SuccessPolicy;
  readonly late: LatePolicy;
  readonly degrade: readonly DegradablePart[];
}

export const defaultPolicy: PostPolicy = { success: 'any', late: { mode: 'publish' }, degrade: [] };
