import { ConflictError, PreconditionFailedError } from '../../common/errors/index.js';
import { toPublicId } from '../../common/ids/index.js';
import type { ChangedRow } from './post.changes.js';
import type { PatchPost } from './post.input.js';
import type { Post, PostBase, PostWarning } from './post.js';
import { isOut } from './post.status.js';

export function staysDraft(before: Post, patch: PatchPost): boolean {
  if (patch.schedule !== undefined) return patch.schedule === null;
  return before.occurrenceId === null || before.canceledAt !== null;
}

export function isAboutContent({ text, link, media, thread, targets, schedule }: PatchPost): boolean {
  return [text, link, media, thread, targets, schedule].some((field) => field !== undefined);
}

/** What was said of the time holds until there is another one. */
export function keptWarnings(before: Post, patch: PatchPost): readonly PostWarning[] {
  if (patch.schedule !== undefined) return [];
  return before.warnings.filter((warning) => warning.pointer === '/scheduledFor');
}

/** The base fields that a patch names. */
export function presentBase(patch: PatchPost): Partial<PostBase> {
  const { text, link, media, thread } = patch;
  return {
    ...(text === undefined ? {} : { text }),
    ...(link === undefined ? {} : { link }),
    ...(media === undefined ? {} : { media }),
    ...(thread === undefined ? {} : { thread }),
  };
}

export function assertRevision(post: Post, ifMatchRevision: number | null): void {
  if (ifMatchRevision === null || ifMatchRevision === post.revision) return;
  throw new PreconditionFailedError(
    `${toPublicId('post', post.id)} has revision ${post.revision}, not ${ifMatchRevision}. Read it again.`,
    { details: { revision: post.revision } },
  );
}

/**
 * What is on its way is Publishing's to judge, target by target. Another time is for posts of which nothing can be out: a new
 * occurrence publishes to every target again, while publishing a post once more leaves out what is out.
 */
export function assertMayChange(before: Post, { content, schedule }: ChangedRow): void {
  if (isOut(before.status) && content) throw goingOut('changed');
  const tried = before.latestPlanStatus !== null && before.latestPlanStatus !== 'canceled';
  if (schedule === 'new' && tried) throw goingOut('given another time; publish it instead');
}

export function goingOut(verb: string): ConflictError {
  return new ConflictError(`The post is going out or has gone out; it cannot be ${verb}.`, {
    code: 'already-going-out',
  });
}
