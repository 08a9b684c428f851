import type { ParseMode } from './telegram.settings.js';

/** What readers will see of a marked-up text, and the first mistake in its markup. */
export interface ReadMarkup {
  readonly visible: string;
  readonly problem: string | null;
}

const htmlTags = new Set([
  ...['b', 'strong', 'i', 'em', 'u', 's', 'a', 'code', 'pre', 'blockquote', 'tg-spoiler', 'tg-emoji'],
]);
const htmlToken = /<(\/?)([a-z][a-z0-9-]*)(?:\s[^<>]*)?>|&(lt|gt|amp|quot|#\d{1,7}|#x[0-9a-f]{1,6});|</gi;
const namedEntities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** One token of MarkdownV2, in the order of the alternatives of `markdownToken`. */
const markdownToken =
  /\\([ -~])|```(?:[\w+-]*\n)?((?:\\.|[^`\\])*)```|`((?:\\.|[^`\\])*)`|(\]\((?:\\.|[^)\\])*\))|(!?\[|\|\||__|[*_~])|([\]()`>#+\-=|{}.!])/gs;
const markdownReserved = /[_*[\]()~`>#+\-=|{}.!\\]/g;

/** Reads a text as Telegram will: its limits count on what is left after parsing. */
export function readMarkup(text: string, mode: ParseMode): ReadMarkup {
  switch (mode) {
    case 'none':
      return { visible: text, problem: null };
    case 'HTML':
      return readHtml(text);
    case 'MarkdownV2':
      return readMarkdown(text);
  }
}

/** Makes plain text safe inside a text of the given markup. */
export function escapeMarkup(text: string, mode: ParseMode): string {
  switch (mode) {
    case 'none':
      return text;
    case 'HTML':
      return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    case 'MarkdownV2':
      return text.replace(markdownReserved, '\\$&');
  }
}

function readHtml(text: string): ReadMarkup {
  const open: string[] = [];
  let visible = '';
  let problem: string | null = null;
  let end = 0;
  for (const match of text.matchAll(htmlToken)) {
    const [whole, slash, name, entity] = match;
    visible += text.slice(end, match.index);
    end = match.index + whole.length;
    if (entity !== undefined) visible += decodeEntity(entity);
    else problem ??= htmlTag(open, name?.toLowerCase(), slash === '/', match.index);
  }
  problem ??= open.length > 0 ? `The tag <${open.at(-1) ?? ''}> is never closed.` : null;
  return { visible: visible + text.slice(end), problem };
}

/** Opens or closes a tag; returns what is wrong with it. */
function htmlTag(open: string[], name: string | undefined, closes: boolean, at: number): string | null {
  if (name === undefined) return `The "<" at character ${at + 1} starts no tag; write &lt; instead.`;
  if (!htmlTags.has(name)) return `Telegram does not know the tag <${name}>.`;
  if (!closes) {
    open.push(name);
    return null;
  }
  return open.pop() === name ? null : `The tag </${name}> closes what is not open.`;
}

function decodeEntity(entity: string): string {
  const named = namedEntities[entity.toLowerCase()];
  if (named !== undefined) return named;
  const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function readMarkdown(text: string): ReadMarkup {
  const open: string[] = [];
  let visible = '';
  let problem: string | null = null;
  let end = 0;
  for (const match of text.matchAll(markdownToken)) {
    const [whole, escaped, block, code, linkEnd, marker, reserved] = match;
    visible += text.slice(end, match.index);
    end = match.index + whole.length;
    if (escaped !== undefined) visible += escaped;
    else if (block !== undefined || code !== undefined) visible += unescape(block ?? code ?? '');
    else if (linkEnd !== undefined) problem ??= closeLink(open);
    else if (marker !== undefined) toggle(open, marker);
    else if (reserved !== undefined && !quotes(text, match.index)) {
      problem ??= `The "${reserved}" at character ${match.index + 1} needs a backslash before it.`;
    }
  }
  problem ??= open.length > 0 ? `The "${open.at(-1) ?? ''}" is never closed.` : null;
  return { visible: visible + text.slice(end), problem };
}

function unescape(text: string): string {
  return text.replace(/\\([ -~])/g, '$1');
}

function closeLink(open: string[]): string | null {
  return open.pop()?.endsWith('[') === true ? null : 'A link ends with "](…)" but does not start with "[".';
}

function toggle(open: string[], marker: string): void {
  if (open.at(-1) === marker) open.pop();
  else open.push(marker);
}

/** A ">" that starts a line, also as `**>`, is a quotation. */
function quotes(text: string, index: number): boolean {
  return text[index] === '>' && /(?:^|\n)(?:\*\*)?$/.test(text.slice(0, index));
}
