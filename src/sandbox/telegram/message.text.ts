import type { JsonValue } from '../core/json.js';
import { parseHtml } from './html.parser.js';
import { parseMarkdown } from './markdown.parser.js';
import { badRequest } from './telegram.errors.js';
import { readEntities, trimmed, type FormattedText } from './text.entities.js';

const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;

export interface SourceText {
  readonly source: string;
  readonly parseMode: string;
  readonly entities: JsonValue | undefined;
}

/** The text of a message, 1 to 4096 UTF-16 units after parsing. */
export function messageText(source: SourceText): FormattedText {
  const formatted = parse(source);
  if (formatted.text === '') throw badRequest('message text is empty');
  if (formatted.text.length > MAX_TEXT) throw badRequest('message is too long');
  return formatted;
}

/** A caption, up to 1024 UTF-16 units after parsing. */
export function captionText(source: SourceText): FormattedText {
  const formatted = parse(source);
  if (formatted.text.length > MAX_CAPTION) throw badRequest('message caption is too long');
  return formatted;
}

function parse({ source, parseMode, entities }: SourceText): FormattedText {
  switch (parseMode.toLowerCase()) {
    case 'html':
      return trimmed(parseHtml(source));
    case 'markdownv2':
      return trimmed(parseMarkdown(source));
    case '':
      return trimmed({ text: source, entities: readEntities(source, entities ?? []) });
    default:
      throw badRequest('unsupported parse_mode');
  }
}
