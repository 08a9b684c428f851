import type { Post } from '../../modules/content/index.js';
import type { Reason } from '../../modules/publishing/index.js';

/** Why nothing goes out of a post that has no plan. */
export function reasonsOfPost(post: Post): Reason[] {
  if (post.canceledAt !== null)
    return [reason('canceled', 'It was taken back before it was planned.', 'Give it a new time.')];
  switch (post.editorialState) {
    case 'draft':
      return [
        reason(
          'draft',
          'It is a draft: nobody has scheduled it or asked for it to be published.',
          'Give it a time, or publish it.',
        ),
      ];
    case 'under_review':
      return [reason('under_review', 'It waits for an approval.', 'Ask a reviewer to approve it.')];
    case 'rejected':
      return [reason('rejected', 'A reviewer has rejected it.', 'Change it, and ask for a review again.')];
    case 'approved':
      return [
        post.occurrenceId === null
          ? reason('not_scheduled', 'It has no time.', 'Give it a time, or publish it.')
          : reason(
              'being_planned',
              'It was scheduled a moment ago and is being planned.',
              'If this stays, check that a worker or a scheduler is running.',
              post.dueAt,
            ),
      ];
  }
}

function reason(code: string, message: string, remedy: string, until: Date | null = null): Reason {
  return { code, message, remedy, until };
}
