import type { TargetContent } from '../core/index.js';
import { CAPTION_LIMIT } from './telegram.capabilities.js';
import { escapeMarkup, readMarkup } from './telegram.markup.js';
import { readTelegramSettings } from './telegram.settings.js';

/** What goes out for a post: a caption with the media, a message of text, or both. */
export interface MessagePlan {
  /** Empty: no caption. */
  readonly caption: string;
  /** Null: no message of text. */
  readonly message: string | null;
}

/** The text as it is sent: marked up, with the link at its end unless it is in the text already. */
export function composeTelegramText(content: TargetContent): string {
  const { parseMode } = readTelegramSettings(content.settings);
  const { text, link } = content;
  if (link === null) return text;
  const written = escapeMarkup(link, parseMode);
  if (text.includes(written) || text.includes(link)) return text;
  return text.trim() === '' ? written : `${text.trimEnd()}\n\n${written}`;
}

/** Divides the composed text: what is too long for a caption follows the media as a message. */
export function planMessages(content: TargetContent): MessagePlan {
  const text = composeTelegramText(content);
  if (content.media.length === 0) return { caption: '', message: text };
  const { parseMode } = readTelegramSettings(content.settings);
  return readMarkup(text, parseMode).visible.length <= CAPTION_LIMIT
    ? { caption: text, message: null }
    : { caption: '', message: text };
}
