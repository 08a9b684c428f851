import type { InboxEntry, InboxLinkCard, InboxMedia } from '../core/inbox.js';
import { stringAt } from '../core/json.js';
import { escapeHtml, renderText } from '../core/markup.js';

export function renderPost(entry: InboxEntry): string {
  const author = stringAt(entry.extra, 'author') ?? entry.account;
  return `<article class="post">
  <div class="avatar">${escapeHtml([...author][0]?.toUpperCase() ?? '?')}</div>
  <div class="content">
    <header><strong>${escapeHtml(author)}</strong> <span class="dim">${escapeHtml(nameOf(entry))}</span>
      <time class="dim" datetime="${escapeHtml(entry.createdAt)}">${escapeHtml(entry.createdAt.replace('T', ' ').slice(0, 19))}</time>
      ${entry.visibility === 'public' ? '' : `<span class="badge">${escapeHtml(entry.visibility)}</span>`}</header>
    ${renderSubject(entry)}${renderSpoiler(entry, renderBody(entry))}
    <footer class="dim"><code>${escapeHtml(entry.postId)}</code>${renderPermalink(entry.permalink)}</footer>
  </div>
</article>`;
}

/** The name that readers know, where the account's id is not one. */
function nameOf(entry: InboxEntry): string {
  const name = stringAt(entry.extra, 'handle') ?? stringAt(entry.extra, 'username');
  return name === undefined ? entry.account : `@${name}`;
}

function renderSubject(entry: InboxEntry): string {
  const subject = stringAt(entry.extra, 'subject');
  const to = stringAt(entry.extra, 'to');
  const line = to === undefined ? '' : `<div class="dim">to ${escapeHtml(to)}</div>`;
  return subject === undefined ? line : `${line}<h3>${escapeHtml(subject)}</h3>`;
}

function renderSpoiler(entry: InboxEntry, body: string): string {
  if (entry.spoiler === null || entry.spoiler === '') return body;
  return `<details class="spoiler"><summary>${escapeHtml(entry.spoiler)}</summary>${body}</details>`;
}

function renderBody(entry: InboxEntry): string {
  const beside = entry.media.filter((media) => !isShownInside(media, entry));
  const media = beside.map(renderMedia).join('');
  const gallery = media === '' ? '' : `<div class="media n${Math.min(beside.length, 4)}">${media}</div>`;
  return `${renderWords(entry)}${gallery}${entry.linkCard === null ? '' : renderLinkCard(entry.linkCard)}`;
}

/** A picture that the message itself shows. */
function isShownInside(media: InboxMedia, entry: InboxEntry): boolean {
  return entry.display?.html.includes(`/_sandbox/media/${media.sha256}`) ?? false;
}

function renderWords(entry: InboxEntry): string {
  if (entry.display === undefined) return entry.text === '' ? '' : `<p>${renderText(entry.text)}</p>`;
  if (!entry.display.isolated) return `<div class="words">${entry.display.html}</div>`;
  return `<iframe sandbox srcdoc="${escapeHtml(entry.display.html)}" title="message"></iframe>`;
}

function renderMedia(media: InboxMedia): string {
  const source = `/_sandbox/media/${media.sha256}`;
  const alt = escapeHtml(media.alt ?? '');
  const caption = media.alt === null || media.alt === '' ? '' : `<figcaption><b>ALT</b> ${alt}</figcaption>`;
  switch (media.kind) {
    case 'gif':
      if (media.mimeType.startsWith('video/'))
        return `<figure><video src="${source}" autoplay loop muted playsinline></video>${caption}</figure>`;
      return `<figure><img src="${source}" alt="${alt}" loading="lazy">${caption}</figure>`;
    case 'image':
      return `<figure><img src="${source}" alt="${alt}" loading="lazy">${caption}</figure>`;
    case 'video':
      return `<figure><video src="${source}" controls preload="metadata"></video>${caption}</figure>`;
    case 'audio':
      return `<figure><audio src="${source}" controls></audio>${caption}</figure>`;
    case 'file':
      return `<figure class="file"><a href="${source}">${escapeHtml(media.filename ?? media.mimeType)}</a> <span class="dim">${media.bytes} bytes</span></figure>`;
  }
}

function renderLinkCard(card: InboxLinkCard): string {
  const image = card.image === null ? '' : `<img src="/_sandbox/media/${card.image.sha256}" alt="">`;
  return `<a class="card" href="${escapeHtml(card.url)}" rel="noreferrer">${image}<span>
    <strong>${escapeHtml(card.title ?? card.url)}</strong>
    <span>${escapeHtml(card.description ?? '')}</span><span class="dim">${escapeHtml(card.url)}</span></span></a>`;
}

function renderPermalink(permalink: string | null): string {
  if (permalink === null) return '';
  return `<a href="${escapeHtml(permalink)}" rel="noreferrer">permalink</a>`;
}
