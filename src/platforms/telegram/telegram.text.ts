import type { TargetContent } from '../core/index.js';
import { CAPTION_LIMIT } from './telegram.capabilities.js';
import { escapeMarkup, readMarkup, type ReadMarkup } from './telegram.markup.js';
import type { PollSettings } from './telegram.poll-settings.js';
import { readTelegramSettings } from './telegram.settings.js';

/** A poll as it is sent. */
export type OutgoingPoll = PollSettings & { readonly question: string };

/** What goes out for a post, in this order: media with a caption, a message of text, a poll. */
export interface MessagePlan {
  /** Empty: no caption. */
  readonly caption: string;
  /** Null: no message of text. */
  readonly message: string | null;
  readonly poll: OutgoingPoll | null;
}

/** The text as it is sent, and as its limits count; of a post that is nothing but a poll, the question. */
export function composeTelegramText(content: TargetContent): string {
  return questionAlone(content) ?? composeBody(content);
}

/** What people read of it, without markup, and the first mistake in its markup. */
export function readTelegramText(content: TargetContent): ReadMarkup {
  const question = questionAlone(content);
  if (question !== null) return { visible: question, problem: null };
  return readMarkup(composeBody(content), readTelegramSettings(content.settings).parseMode);
}

/**
 * Divides the composed text: what is too long for a caption follows the media as a message. A poll without a question of its own
 * takes the text for it, without markup.
 */
export function planMessages(content: TargetContent): MessagePlan {
  const { parseMode, poll } = readTelegramSettings(content.settings);
  const text = composeBody(content);
  const { visible } = readMarkup(text, parseMode);
  const asked = poll === null ? null : { ...poll, question: poll.question ?? visible.trim() };
  const isAsked = poll !== null && (poll.question === null || questionAlone(content) !== null);
  if (isAsked) return { caption: '', message: null, poll: asked };
  return content.media.length > 0 && visible.length <= CAPTION_LIMIT
    ? { caption: text, message: null, poll: asked }
    : { caption: '', message: text, poll: asked };
}

/** Marked up, with the link at its end unless it is in the text already. */
function composeBody({ text, link, settings }: TargetContent): string {
  if (link === null) return text;
  const written = escapeMarkup(link, readTelegramSettings(settings).parseMode);
  if (text.includes(written) || text.includes(link)) return text;
  return text.trim() === '' ? written : `${text.trimEnd()}\n\n${written}`;
}

/** The question where there is nothing beside the poll; null otherwise. */
function questionAlone(content: TargetContent): string | null {
  const isBare = content.media.length === 0 && composeBody(content).trim() === '';
  return isBare ? (readTelegramSettings(content.settings).poll?.question ?? null) : null;
}
