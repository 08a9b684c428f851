import type { InboxEntry } from '../core/inbox.js';

/** Posts in the order people read them: newest thread first, the parts of a thread from first to last. */
export function threadsOf(entries: readonly InboxEntry[]): readonly (readonly InboxEntry[])[] {
  const threads = new Map<string, InboxEntry[]>();
  const rootOf = new Map<string, string>();
  for (const entry of entries) {
    const key = keyOf(entry, entry.postId);
    const parent = entry.replyTo === null ? undefined : rootOf.get(keyOf(entry, entry.replyTo));
    const root = parent ?? key;
    rootOf.set(key, root);
    threads.set(root, [...(threads.get(root) ?? []), entry]);
  }
  return [...threads.values()].reverse();
}

function keyOf(entry: InboxEntry, postId: string): string {
  return `${entry.platform} ${entry.account} ${postId}`;
}
