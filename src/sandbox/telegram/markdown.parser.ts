import {
  cannotParse,
  inOrder,
  type EntityType,
  type FormattedText,
  type TextEntity,
} from './text.entities.js';

const RESERVED = '_*[]()~`>#+-=|{}.!';

interface OpenEntity {
  readonly type: EntityType;
  readonly offset: number;
  readonly byteOffset: number;
  readonly language?: string;
}

/** Marks in the order in which they are tried: the longer before the shorter. */
const MARKS: readonly (readonly [mark: string, type: EntityType])[] = [
  ['```', 'pre'],
  ['`', 'code'],
  ['__', 'underline'],
  ['_', 'italic'],
  ['*', 'bold'],
  ['~', 'strikethrough'],
  ['||', 'spoiler'],
  ['![', 'custom_emoji'],
  ['[', 'text_link'],
];

const NAMES: Readonly<Partial<Record<EntityType, string>>> = {
  pre: 'Pre',
  code: 'Code',
  underline: 'Underline',
  italic: 'Italic',
  bold: 'Bold',
  strikethrough: 'Strikethrough',
  spoiler: 'Spoiler',
  custom_emoji: 'CustomEmoji',
  text_link: 'TextUrl',
};

/** Telegram's MarkdownV2: every reserved character has a meaning or a backslash before it. */
export function parseMarkdown(source: string): FormattedText {
  return new MarkdownParser(source).parse();
}

class MarkdownParser {
  private at = 0;
  private text = '';
  private readonly open: OpenEntity[] = [];
  private readonly entities: TextEntity[] = [];
  /** Where the quotation began that the current line belongs to. */
  private quotedFrom: number | null = null;

  constructor(private readonly source: string) {}

  parse(): FormattedText {
    while (this.at < this.source.length) this.step();
    this.endQuotation();
    const unclosed = this.open.at(-1);
    if (unclosed) {
      throw cannotParse(
        `Can't find end of ${NAMES[unclosed.type] ?? ''} entity at byte offset ${unclosed.byteOffset}`,
      );
    }
    return { text: this.text, entities: inOrder(this.entities) };
  }

  private step(): void {
    const character = this.source[this.at] ?? '';
    const escaped = character === '\\' ? /^[!-~\s]/.exec(this.source.slice(this.at + 1))?.[0] : undefined;
    if (escaped !== undefined) {
      this.text += escaped;
      this.at += 2;
    } else if (this.isQuotationMark(character)) {
      this.quotedFrom ??= this.text.length;
      this.at += 1;
    } else if (!this.reserved().includes(character)) {
      if (character === '\n' && this.source[this.at + 1] !== '>') this.endQuotation();
      this.text += character;
      this.at += 1;
    } else if (!this.closes()) {
      this.opens(character);
    }
  }

  private reserved(): string {
    const inner = this.open.at(-1)?.type;
    return inner === 'code' || inner === 'pre' ? '`' : RESERVED;
  }

  private isQuotationMark(character: string): boolean {
    const startsLine = this.at === 0 || this.source[this.at - 1] === '\n';
    return character === '>' && startsLine && this.open.length === 0;
  }

  private endQuotation(): void {
    if (this.quotedFrom === null) return;
    this.add({ type: 'blockquote', offset: this.quotedFrom, byteOffset: 0 });
    this.quotedFrom = null;
  }

  private opens(character: string): void {
    const found = MARKS.find(([mark]) => this.source.startsWith(mark, this.at));
    if (!found) {
      throw cannotParse(`Character '${character}' is reserved and must be escaped with the preceding '\\'`);
    }
    const [mark, type] = found;
    const entity: OpenEntity = { type, offset: this.text.length, byteOffset: this.byteOffset() };
    this.at += mark.length;
    this.open.push(type === 'pre' ? { ...entity, ...this.language() } : entity);
  }

  /** The first line behind three backquotes is a language when it is one word. */
  private language(): { language?: string } {
    const [whole = '', language = ''] = /^([^\s`]*)\n/.exec(this.source.slice(this.at)) ?? [];
    this.at += whole.length;
    return language === '' ? {} : { language };
  }

  private closes(): boolean {
    const entity = this.open.at(-1);
    if (!entity) return false;
    const mark = endMark(entity.type);
    if (!this.source.startsWith(mark, this.at)) return false;
    if (entity.type === 'italic' && this.source.startsWith('__', this.at)) return false;
    this.open.pop();
    this.at += mark.length;
    this.add(entity);
    return true;
  }

  private add({ type, offset, language }: OpenEntity): void {
    const span = { offset, length: this.text.length - offset };
    const target = type === 'text_link' || type === 'custom_emoji' ? this.target(offset) : '';
    if (span.length === 0) return;
    if (type === 'text_link') this.entities.push({ type, ...span, url: target });
    else if (type === 'custom_emoji') {
      const [, id = ''] = /^tg:\/\/emoji\?id=(\d+)$/.exec(target) ?? [];
      this.entities.push({ type, ...span, custom_emoji_id: id });
    } else this.entities.push({ type, ...span, ...(language === undefined ? {} : { language }) });
  }

  /** The address in parentheses behind a link's text; without one the text is the address. */
  private target(offset: number): string {
    if (this.source[this.at] !== '(') return this.text.slice(offset);
    this.at += 1;
    const begin = this.byteOffset();
    let url = '';
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      if (this.source[this.at] === '\\') this.at += 1;
      url += this.source[this.at++] ?? '';
    }
    if (this.at >= this.source.length) throw cannotParse(`Can't find end of a URL at byte offset ${begin}`);
    this.at += 1;
    return url;
  }

  private byteOffset(): number {
    return Buffer.byteLength(this.source.slice(0, this.at));
  }
}

function endMark(type: EntityType): string {
  if (type === 'text_link' || type === 'custom_emoji') return ']';
  return MARKS.find(([, candidate]) => candidate === type)?.[0] ?? '';
}
