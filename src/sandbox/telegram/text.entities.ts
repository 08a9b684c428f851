import { isJsonObject, numberAt, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { badRequest } from './telegram.errors.js';

const PLAIN_TYPES = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'custom_emoji',
] as const;
export type EntityType = (typeof PLAIN_TYPES)[number];

/** Offset and length count UTF-16 code units, as JavaScript's own strings do. */
export interface TextEntity {
  readonly type: EntityType;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly custom_emoji_id?: string;
}

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly TextEntity[];
}

export function cannotParse(reason: string): ReturnType<typeof badRequest> {
  return badRequest(`can't parse entities: ${reason}`);
}

/** Entities that the client sent, checked against the text. */
export function readEntities(text: string, value: JsonValue): readonly TextEntity[] {
  if (!Array.isArray(value)) throw cannotParse('expected an Array of MessageEntity');
  return inOrder(value.map((item) => readEntity(text, item)));
}

function readEntity(text: string, item: JsonValue): TextEntity {
  if (!isJsonObject(item)) throw cannotParse('expected an Object as MessageEntity');
  const [offset, length] = [numberAt(item, 'offset'), numberAt(item, 'length')];
  const type = PLAIN_TYPES.find((known) => known === item['type']);
  if (type === undefined) throw cannotParse(`unknown MessageEntity type "${stringAt(item, 'type') ?? ''}"`);
  if (offset === undefined || length === undefined || !Number.isInteger(offset + length)) {
    throw cannotParse('MessageEntity needs a whole offset and length');
  }
  checkBounds(text, offset, offset + length);
  return { type, offset, length, ...detailsOf(type, item) };
}

function checkBounds(text: string, start: number, end: number): void {
  const begins = `Entity beginning at UTF-16 offset ${start}`;
  if (start < 0 || end <= start) throw cannotParse(`${begins} has no length`);
  if (end > text.length) {
    throw cannotParse(`${begins} ends after the end of the text at UTF-16 offset ${end}`);
  }
  if (splitsSymbol(text, start)) {
    throw cannotParse(`Entity begins in a middle of a UTF-16 symbol at UTF-16 offset ${start}`);
  }
  if (splitsSymbol(text, end)) {
    throw cannotParse(`${begins} ends in a middle of a UTF-16 symbol at UTF-16 offset ${end}`);
  }
}

function splitsSymbol(text: string, index: number): boolean {
  const [before, after] = [text.charCodeAt(index - 1), text.charCodeAt(index)];
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

function detailsOf(type: EntityType, item: JsonObject): Partial<TextEntity> {
  if (type === 'text_link') {
    const url = stringAt(item, 'url');
    if (url === undefined || url === '') throw cannotParse('a text_link needs a url');
    return { url };
  }
  if (type === 'custom_emoji') return { custom_emoji_id: stringAt(item, 'custom_emoji_id') ?? '' };
  const language = stringAt(item, 'language');
  return type === 'pre' && language !== undefined ? { language } : {};
}

/** Outer entities before inner ones. */
export function inOrder(entities: readonly TextEntity[]): readonly TextEntity[] {
  return [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
}

/** Telegram drops white space around the text; entities move along, and those of white space go. */
export function trimmed({ text, entities }: FormattedText): FormattedText {
  const short = text.trim();
  const start = text.length - text.trimStart().length;
  const moved = entities.map((entity) => {
    const offset = Math.max(0, entity.offset - start);
    const end = Math.min(short.length, entity.offset + entity.length - start);
    return { ...entity, offset, length: end - offset };
  });
  return { text: short, entities: moved.filter(({ length }) => length > 0) };
}
