export const editorialStates = ['draft', 'under_review', 'rejected', 'approved'] as const;
export type EditorialState = (typeof editorialStates)[number];

/** What a client filters on: the editorial state first, then the latest plan. */
export const postStatuses = [
  'draft',
  'under_review',
  'rejected',
  'approved',
  'scheduled',
  'held',
  'processing',
  'published',
  'unconfirmed',
  'failed',
  'canceled',
] as const;
export type PostStatus = (typeof postStatuses)[number];

export interface StatusSource {
  readonly editorialState: EditorialState;
  readonly occurrenceId: string | null;
  /** Null: not canceled. */
  readonly canceledAt: Date | 'now' | null;
  readonly latestPlanStatus: string | null;
}

export function isPostStatus(text: string): text is PostStatus {
  return postStatuses.some((status) => status === text);
}

/** The one place that tells a post's status; the repository stores its answer with every write, so that it can be filtered on. */
export function statusOf(post: StatusSource): PostStatus {
  if (post.latestPlanStatus !== null && isPostStatus(post.latestPlanStatus)) return post.latestPlanStatus;
  if (post.editorialState !== 'approved') return post.editorialState;
  if (post.canceledAt !== null) return 'canceled';
  return post.occurrenceId === null ? 'approved' : 'scheduled';
}

/** Statuses under which something of the post is, or may be, on a platform for good. */
export function isOut(status: PostStatus): boolean {
  return status === 'published' || status === 'unconfirmed';
}
