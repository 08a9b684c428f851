import type { TargetContent } from '../core/index.js';
import { readFacebookSettings } from './facebook.settings.js';

/** What is said: a link has a field of its own where nothing else is attached, and stands in the text otherwise. */
export function composeMessage({ text, link, media, settings }: TargetContent): string {
  const { format } = readFacebookSettings(settings);
  if (link === null || format === 'story' || media.length === 0 || text.includes(link)) return text;
  return text.trim() === '' ? link : `${text}\n\n${link}`;
}

/** What Facebook may change of a text: line endings, and space at its ends. */
export function comparable(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\S\n]+\n/g, '\n')
    .trim()
    .normalize('NFC');
}
