import { escapeHtml, renderText } from '../core/markup.js';
import type { FormattedText, TextEntity } from './text.entities.js';

/** The text as readers see it. Made of escaped pieces, each inside the elements of its entities. */
export function displayText({ text, entities }: FormattedText): string {
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of entities) cuts.add(offset).add(offset + length);
  const borders = [...cuts].sort((one, other) => one - other);
  const pieces = borders.slice(0, -1).map((start, index) => {
    const end = borders[index + 1] ?? text.length;
    const around = entities.filter(({ offset, length }) => offset <= start && offset + length >= end);
    return wrap(text.slice(start, end), around);
  });
  return pieces.join('');
}

function wrap(piece: string, entities: readonly TextEntity[]): string {
  const isLinked = entities.some(({ type }) => type === 'text_link');
  const inner = isLinked ? escapeHtml(piece).replaceAll('\n', '<br>') : renderText(piece);
  return entities.reduceRight((markup, entity) => {
    const [start, end] = elementOf(entity);
    return `${start}${markup}${end}`;
  }, inner);
}

function elementOf(entity: TextEntity): readonly [string, string] {
  switch (entity.type) {
    case 'bold':
      return ['<b>', '</b>'];
    case 'italic':
      return ['<i>', '</i>'];
    case 'underline':
      return ['<u>', '</u>'];
    case 'strikethrough':
      return ['<s>', '</s>'];
    case 'spoiler':
      return ['<span style="opacity:.5" title="spoiler">', '</span>'];
    case 'code':
    case 'pre':
      return ['<code>', '</code>'];
    case 'blockquote':
    case 'expandable_blockquote':
      return ['<q>', '</q>'];
    case 'text_link':
      return [`<a href="${escapeHtml(safeUrl(entity.url ?? ''))}" rel="noreferrer">`, '</a>'];
    case 'mention':
    case 'hashtag':
    case 'cashtag':
    case 'bot_command':
    case 'url':
    case 'email':
    case 'phone_number':
    case 'custom_emoji':
      return ['', ''];
  }
}

function safeUrl(url: string): string {
  return /^(https?|tg|mailto):/i.test(url) ? url : `https://${url}`;
}
