const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Plain text as people see it: addresses, hashtags and mentions stand out. */
export function renderText(text: string): string {
  return escapeHtml(text)
    .replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}" rel="noreferrer">${url}</a>`)
    .replace(/(^|\s)([#@][\p{L}\p{N}_][\p{L}\p{N}_.@-]*)/gu, '$1<b class="tag">$2</b>')
    .replaceAll('\n', '<br>');
}
