import { graphemes, type TargetContent } from '../core/index.js';
import { SUBJECT_VISIBLE } from './email.capabilities.js';
import { readEmailSettings } from './email.settings.js';

/** The plain text of the mail: the link stands at its end unless it is in the text already. */
export function composeEmailText(content: TargetContent): string {
  const { text, link } = content;
  if (link === null || text.includes(link)) return text;
  return text.trim() === '' ? link : `${text.trimEnd()}\n\n${link}`;
}

/** The subject: as set, else the first line of the text, cut where mail programs cut. Empty when there is neither. */
export function subjectOf(content: TargetContent): string {
  const { subject } = readEmailSettings(content.settings);
  if (subject !== null) return oneLine(subject);
  const line = content.text.split(/\r?\n|\r/).find((candidate) => candidate.trim() !== '') ?? '';
  return shorten(oneLine(line));
}

/** Control characters would end or forge a header. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

function shorten(text: string): string {
  const kept: string[] = [];
  for (const grapheme of graphemes(text)) {
    if (kept.length === SUBJECT_VISIBLE) return `${kept.slice(0, -1).join('').trimEnd()}…`;
    kept.push(grapheme);
  }
  return text;
}
