import type { TargetContent } from '../core/index.js';
import { readInstagramSettings } from './instagram.settings.js';

/** The caption: links cannot be followed there, and stand in the text. */
export function composeCaption({ text, link, settings }: TargetContent): string {
  const { format } = readInstagramSettings(settings);
  if (link === null || format === 'story' || text.includes(link)) return text;
  return text.trim() === '' ? link : `${text}\n\n${link}`;
}

export function hashtagsOf(caption: string): readonly string[] {
  return caption.match(/(?<![\p{L}\p{N}_&])[#＃][\p{L}\p{N}_]+/gu) ?? [];
}

export function mentionsOf(caption: string): readonly string[] {
  return caption.match(/(?<![\p{L}\p{N}_.])@[A-Za-z0-9._]+/gu) ?? [];
}

/** What Instagram may change of a text: line endings, and space at its ends. */
export function comparable(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\S\n]+\n/g, '\n')
    .trim()
    .normalize('NFC');
}
