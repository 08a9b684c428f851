import type { InboxEntry } from '../core/inbox.js';
import type { PlatformInfo } from '../core/simulator.host.js';
import { renderPost } from './inbox.post.js';
import { accentOf, INBOX_STYLE } from './inbox.style.js';
import { threadsOf } from './inbox.threads.js';
import { escapeHtml } from '../core/markup.js';

/** Fetches itself every two seconds and takes over what changed, so that a reader's scroll position stays. */
const LIVE_SCRIPT = `
let last = document.querySelector('main').innerHTML;
setInterval(async () => {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main').innerHTML;
  if (next !== last) document.querySelector('main').innerHTML = last = next;
}, 2000);`;

/** Every post as people would see it, one column per platform. */
export function renderInboxPage(
  entries: readonly InboxEntry[],
  platforms: Readonly<Record<string, PlatformInfo>>,
): string {
  const columns = Object.entries(platforms).map(([key, { name }]) => {
    const own = entries.filter((entry) => entry.platform === key);
    return renderColumn(key, name, own);
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox inbox</title><style>${INBOX_STYLE}</style></head>
<body><main>
<div class="top"><h1>Sandbox inbox</h1><span class="dim">${entries.length} posts · nothing here has left this machine</span></div>
<div class="columns">${columns.join('\n')}</div>
</main><script>${LIVE_SCRIPT}</script></body></html>`;
}

function renderColumn(key: string, name: string, entries: readonly InboxEntry[]): string {
  const threads = threadsOf(entries).map(
    (thread) => `<section class="thread">${thread.map(renderPost).join('\n')}</section>`,
  );
  const body = threads.length === 0 ? '<div class="empty">nothing posted yet</div>' : threads.join('\n');
  return `<div class="column" style="--accent: ${accentOf(key)}">
<h2>${escapeHtml(name)} <span class="dim">${entries.length}</span></h2>${body}</div>`;
}
