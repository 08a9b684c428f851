import type { Asked, Entry, PlannedPost, Shown } from './evidence.mjs';

export function readInbox(
  entries: readonly Entry[],
  known: { posts: readonly PlannedPost[]; pictures: ReadonlyMap<string, number> },
): Shown[];
export function whatWasAsked(
  posts: readonly PlannedPost[],
  accepted: ReadonlyMap<number, { id: string }>,
): Asked[];
