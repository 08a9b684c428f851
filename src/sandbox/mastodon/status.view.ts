import type { JsonObject } from '../core/json.js';
import { escapeHtml } from '../core/markup.js';
import { accountView } from './mastodon.account.js';
import type { MastodonState } from './mastodon.state.js';
import { mediaView } from './media.view.js';
import { pollView } from './poll.checks.js';
import type { Status } from './status.store.js';
import { URL_PATTERN } from './text.length.js';

export function statusView(state: MastodonState, status: Status): JsonObject {
  const { base, store } = state;
  const account = state.find(status.accountId);
  const username = account?.username ?? '';
  const all = [...store.statuses.values()];
  const parent = status.inReplyToId === null ? undefined : store.statuses.get(status.inReplyToId);
  return {
    id: status.id,
    created_at: status.createdAt,
    edited_at: status.editedAt,
    in_reply_to_id: status.inReplyToId,
    in_reply_to_account_id: parent?.accountId ?? null,
    sensitive: status.sensitive,
    spoiler_text: status.spoiler,
    visibility: status.visibility,
    language: status.language,
    uri: `${base}/users/${username}/statuses/${status.id}`,
    url: `${base}/@${username}/${status.id}`,
    content: contentOf(status.text, base),
    replies_count: all.filter(({ inReplyToId }) => inReplyToId === status.id).length,
    reblogs_count: 0,
    favourites_count: 0,
    quotes_count: all.filter(({ quotedId }) => quotedId === status.id).length,
    reblog: null,
    application: status.application === null ? null : { ...status.application },
    account: account
      ? accountView(account, base, all.filter(({ accountId }) => accountId === account.id).length)
      : null,
    media_attachments: store.attachments(status).map((attachment) => mediaView(state, attachment)),
    mentions: [],
    tags: tagsOf(status.text).map((name) => ({ name, url: `${base}/tags/${name}` })),
    emojis: [],
    card: null,
    poll: status.poll === null ? null : pollView(status.poll, state.environment.clock.now()),
  };
}

/** Plain text becomes paragraphs; links, hashtags and mentions stand out. */
export function contentOf(text: string, base: string): string {
  if (text === '') return '';
  const paragraphs = text.split(/\n{2,}/).map((part) =>
    part
      .split('\n')
      .map((line) => lineOf(line, base))
      .join('<br>'),
  );
  return paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
}

function lineOf(line: string, base: string): string {
  let [markup, position] = ['', 0];
  for (const found of line.matchAll(URL_PATTERN)) {
    markup += wordsOf(line.slice(position, found.index), base) + linkOf(found[0]);
    position = found.index + found[0].length;
  }
  return markup + wordsOf(line.slice(position), base);
}

function linkOf(url: string): string {
  const [, scheme = '', rest = ''] = /^(https?:\/\/)(.*)$/.exec(url) ?? [];
  const [shown, hidden] = [rest.slice(0, 30), rest.slice(30)];
  const spans = `<span class="invisible">${scheme}</span><span class="${hidden === '' ? '' : 'ellipsis'}">${escapeHtml(shown)}</span><span class="invisible">${escapeHtml(hidden)}</span>`;
  return `<a href="${escapeHtml(url)}" target="_blank" rel="nofollow noopener" translate="no">${spans}</a>`;
}

function wordsOf(words: string, base: string): string {
  return escapeHtml(words).replace(
    /(^|[^&\p{L}\p{N}_/])#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu,
    (_match, before: string, tag: string) =>
      `${before}<a href="${base}/tags/${tag}" class="mention hashtag" rel="tag">#<span>${tag}</span></a>`,
  );
}

function tagsOf(text: string): string[] {
  const found = text
    .replace(URL_PATTERN, '')
    .matchAll(/(?:^|[^&\p{L}\p{N}_/])#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu);
  return [...new Set([...found].map(([, tag = '']) => tag.toLowerCase()))];
}
