import { createHash } from 'node:crypto';
import type { TargetContent } from '../core/index.js';
import { readTumblrSettings } from './tumblr.settings.js';

const mostWords = 40;

/** What nobody else has in an address, and what a lost post is found by: from the key of its commit. */
export function slugMark(commitKey: string): string {
  return createHash('sha256').update(commitKey).digest('hex').slice(0, 10);
}

/** A few words and the mark. */
export function slugOf({ text, settings }: Pick<TargetContent, 'text' | 'settings'>, mark: string): string {
  const { slug, title } = readTumblrSettings(settings);
  const words = slug ?? wordsOf(title ?? text);
  return words === '' ? mark : `${words}-${mark}`;
}

/** Letters without their accents, whole words only. */
function wordsOf(text: string): string {
  const plain = text.slice(0, 200).normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain.replaceAll(/https?:\/\/\S+/g, ' ').match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`;
    if (longer.length > mostWords) break;
    slug = longer;
  }
  return slug;
}
