import { countGraphemes, type TargetContent } from '../core/index.js';

const urlPattern = /https?:\/\/[^\s<>"]+/giu;
const remoteMention = /(?<![\p{L}\p{N}_=/])@(\w+(?:[\w.-]+\w)?)@[\p{L}\p{N}.-]*[\p{L}\p{N}]/gu;
const sentenceEnd = /[.,;:!?'’”»…]/u;

/** Without the punctuation of the sentence; a closing bracket stays when the link itself opened it. */
function trimUrl(url: string): string {
  let end = url.length;
  for (;;) {
    const kept = url.slice(0, end);
    const last = kept.at(-1) ?? '';
    const unopened = last === ')' && kept.split(')').length > kept.split('(').length;
    if (!unopened && !sentenceEnd.test(last)) return kept;
    end -= 1;
  }
}

function containsLink(text: string, link: string): boolean {
  return text.split(/\s+/).some((word) => word === link || trimUrl(word.replace(/^[(["'„“«]+/, '')) === link);
}

/** The text of a part as it is sent: Mastodon makes the card of the first link in the text, so the link goes there. */
export function composePartText(content: TargetContent, part: number): string {
  if (part > 0) return content.thread[part - 1]?.text ?? '';
  const { text, link } = content;
  if (link === null || containsLink(text, link)) return text;
  return text.trim() === '' ? link : `${text}\n\n${link}`;
}

/** Length as Mastodon counts: every URL as a fixed number of characters, of a remote mention only the name. */
export function countCharacters(text: string, reservedPerUrl: number): number {
  const countable = text
    .replace(urlPattern, (match) => {
      const url = trimUrl(match);
      return 'x'.repeat(reservedPerUrl) + match.slice(url.length);
    })
    .replace(remoteMention, '@$1');
  return countGraphemes(countable);
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
  const hexadecimal = name.toLowerCase().startsWith('#x');
  const code = hexadecimal ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** The text of a rendered post. */
export function stripHtml(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/p>\s*<p[^>]*>/gi, '\n\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, decodeEntity);
}

/** Two texts that this makes equal are taken for the same post: rendering drops white space and domains of mentions. */
export function comparable(text: string): string {
  return text.replace(remoteMention, '@$1').replace(/\s+/gu, ' ').trim();
}
