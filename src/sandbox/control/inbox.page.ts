import type { InboxEntry } from '../core/inbox.js';
import type { PlatformInfo } from '../core/simulator.host.js';

export function renderInboxPage(
  entries: readonly InboxEntry[],
  platforms: Readonly<Record<string, PlatformInfo>>,
): string {
  return `<!doctype html><title>Inbox</title><pre>${entries.length} posts on ${Object.keys(platforms).length} platforms</pre>`;
}
