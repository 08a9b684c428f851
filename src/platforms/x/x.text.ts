import twitterText from 'twitter-text';
import type { TargetContent } from '../core/index.js';

/** A short address of X's own inside a text, and what it stands for. */
export interface XUrl {
  readonly url: string;
  /** As it was written and as it leads on; empty for the address of the post's own media. */
  readonly targets: readonly string[];
}

/** The text of a part as it is sent. */
export function composePartText({ text, link, thread }: TargetContent, part: number): string {
  if (part > 0) return thread[part - 1]?.text ?? '';
  if (link === null || text.includes(link)) return text;
  return text.trim() === '' ? link : `${text}\n\n${link}`;
}

/** Whether what X shows is what was sent: addresses were shortened, three characters escaped, media addresses put behind. */
export function showsSame(shown: { text: string; urls: readonly XUrl[] }, sent: string): boolean {
  const wanted = normalized(withPlainUrls(sent));
  return variantsOf(shown.urls).some((pick) => normalized(expand(shown, pick)) === wanted);
}

/** Each address stands for what was written; where X has followed it further, perhaps for that. */
function variantsOf(urls: readonly XUrl[]): number[] {
  const most = Math.max(1, ...urls.map(({ targets }) => targets.length));
  return Array.from({ length: most }, (_, index) => index);
}

function expand({ text, urls }: { text: string; urls: readonly XUrl[] }, pick: number): string {
  return urls.reduce((expanded, { url, targets }) => {
    const target = targets[Math.min(pick, targets.length - 1)];
    return expanded.replaceAll(url, () => (target === undefined ? '' : plainUrl(target)));
  }, unescapeHtml(text));
}

/** The text with its addresses in the shape in which they are compared. */
function withPlainUrls(text: string): string {
  const found = twitterText.extractUrlsWithIndices(text);
  return found.reduceRight(
    (plain, { url, indices: [start, end] }) => `${plain.slice(0, start)}${plainUrl(url)}${plain.slice(end)}`,
    text,
  );
}

/** Without protocol and without a slash at its end: X adds both where they were left out. */
function plainUrl(url: string): string {
  const plain = url.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  const slash = plain.indexOf('/');
  return slash < 0 ? plain.toLowerCase() : `${plain.slice(0, slash).toLowerCase()}${plain.slice(slash)}`;
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function normalized(text: string): string {
  return text.normalize('NFC').replace(/\r\n/g, '\n').trim();
}
