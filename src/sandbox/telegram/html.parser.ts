import {
  cannotParse,
  inOrder,
  type EntityType,
  type FormattedText,
  type TextEntity,
} from './text.entities.js';

const TAGS: ReadonlyMap<string, EntityType> = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['s', 'strikethrough'],
  ['a', 'text_link'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
  ['tg-spoiler', 'spoiler'],
  ['tg-emoji', 'custom_emoji'],
]);

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface OpenTag {
  readonly tag: string;
  readonly type: EntityType;
  readonly attributes: ReadonlyMap<string, string>;
  readonly offset: number;
}

/** Telegram's HTML: a handful of tags, four named character references, numeric ones, and errors with byte offsets. */
export function parseHtml(source: string): FormattedText {
  return new HtmlParser(source).parse();
}

class HtmlParser {
  private at = 0;
  private text = '';
  private readonly open: OpenTag[] = [];
  private readonly entities: TextEntity[] = [];

  constructor(private readonly source: string) {}

  parse(): FormattedText {
    while (this.at < this.source.length) {
      if (this.peek() === '&') this.text += this.reference();
      else if (this.peek() !== '<') this.text += this.source[this.at++] ?? '';
      else if (this.source[this.at + 1] === '/') this.endTag();
      else this.startTag();
    }
    const unclosed = this.open.at(-1);
    if (unclosed) throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
    return { text: this.text, entities: inOrder(this.entities) };
  }

  private startTag(): void {
    const begin = this.byteOffset();
    this.at += 1;
    const tag = this.take(/[^\s>]*/y).toLowerCase();
    if (this.isAtEnd()) throw cannotParse(`Unclosed start tag at byte offset ${begin}`);
    const type = TAGS.get(tag);
    if (type === undefined) throw cannotParse(`Unsupported start tag "${tag}" at byte offset ${begin}`);
    const attributes = this.attributes(tag, begin);
    this.open.push({ tag, type, attributes, offset: this.text.length });
  }

  private attributes(tag: string, begin: number): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>();
    for (this.take(/\s*/y); this.peek() !== '>'; this.take(/\s*/y)) {
      if (this.isAtEnd()) throw cannotParse(`Unclosed start tag at byte offset ${begin}`);
      const name = this.take(/[^\s=>]*/y).toLowerCase();
      if (name === '') {
        throw cannotParse(`Empty attribute name in the tag "${tag}" at byte offset ${begin}`);
      }
      this.take(/\s*/y);
      attributes.set(name, this.attributeValue(tag, name, begin));
    }
    this.at += 1;
    return attributes;
  }

  private attributeValue(tag: string, name: string, begin: number): string {
    if (this.peek() !== '=') {
      if (name === 'expandable') return '';
      const declaration = `declaration of an attribute of the tag "${tag}" at byte offset ${begin}`;
      throw cannotParse(`Expected equal sign in ${declaration}`);
    }
    this.at += 1;
    this.take(/\s*/y);
    const quote = this.peek();
    if (quote !== '"' && quote !== "'") return this.take(/[\w.-]*/y);
    this.at += 1;
    let value = '';
    while (!this.isAtEnd() && this.peek() !== quote) {
      value += this.peek() === '&' ? this.reference() : (this.source[this.at++] ?? '');
    }
    this.at += 1;
    return value;
  }

  private endTag(): void {
    const begin = this.byteOffset();
    const opened = this.open.pop();
    if (!opened) throw cannotParse(`Unexpected end tag at byte offset ${begin}`);
    this.at += 2;
    const found = this.take(/[^\s>]*/y).toLowerCase();
    this.take(/\s*/y);
    if (this.peek() !== '>') throw cannotParse(`Unclosed end tag at byte offset ${begin}`);
    this.at += 1;
    if (found !== '' && found !== opened.tag) {
      const names = `expected "</${opened.tag}>", found "</${found}>"`;
      throw cannotParse(`Unmatched end tag at byte offset ${begin}, ${names}`);
    }
    this.close(opened);
  }

  private close({ type, attributes, offset }: OpenTag): void {
    const length = this.text.length - offset;
    if (length === 0) return;
    const span = { offset, length };
    if (type === 'text_link') {
      const url = attributes.get('href') ?? this.text.slice(offset);
      if (url !== '') this.entities.push({ type, ...span, url });
    } else if (type === 'custom_emoji') {
      this.entities.push({ type, ...span, custom_emoji_id: attributes.get('emoji-id') ?? '' });
    } else if (type === 'pre') {
      this.entities.push(this.preformatted(span));
    } else if (type === 'blockquote') {
      this.entities.push({ type: attributes.has('expandable') ? 'expandable_blockquote' : type, ...span });
    } else {
      const language = type === 'code' ? languageOf(attributes) : {};
      this.entities.push({ type, ...span, ...language });
    }
  }

  /** `<pre><code class="language-x">` is one entity with a language. */
  private preformatted(span: { readonly offset: number; readonly length: number }): TextEntity {
    const inner = this.entities.at(-1);
    const isWhole = inner?.type === 'code' && inner.offset === span.offset && inner.length === span.length;
    if (!isWhole) return { type: 'pre', ...span };
    this.entities.pop();
    return { ...inner, type: 'pre' };
  }

  /** A character reference that Telegram knows, or the ampersand itself. */
  private reference(): string {
    const [whole = '', decimal, hex, name] =
      /^&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/i.exec(this.source.slice(this.at, this.at + 12)) ?? [];
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex, 16) : 0;
    const character = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : NAMED[name ?? ''];
    this.at += character === undefined ? 1 : whole.length;
    return character ?? '&';
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.source) ?? [];
    this.at += found.length;
    return found;
  }

  private peek(): string {
    return this.source[this.at] ?? '';
  }

  private isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  private byteOffset(): number {
    return Buffer.byteLength(this.source.slice(0, this.at));
  }
}

function languageOf(attributes: ReadonlyMap<string, string>): { language?: string } {
  const [, language] = /^language-(.+)$/.exec(attributes.get('class') ?? '') ?? [];
  return language === undefined ? {} : { language };
}
