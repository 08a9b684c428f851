import { Refusal } from '../core/response.js';
import type { JsonValue } from '../core/json.js';
import { parseHtml } from './html.parser.js';
import { parseMarkdown } from './markdown.parser.js';
import { captionText, messageText } from './message.text.js';
import { displayText } from './text.display.js';
import type { FormattedText } from './text.entities.js';

function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof Refusal) {
      const body = JSON.parse(error.response.body.toString()) as { description: string };
      return body.description;
    }
    throw error;
  }
  return 'no refusal';
}

const shown = ({ text, entities }: FormattedText): unknown[] => [
  text,
  ...entities.map(({ type, offset, length, ...details }) => [
    type,
    offset,
    length,
    ...Object.values(details),
  ]),
];

describe('HTML of Telegram', () => {
  it.each<[string, unknown[]]>([
    ['plain &lt;b&gt; &amp; &quot;q&quot; &#128512; &nbsp;', ['plain <b> & "q" 😀 &nbsp;']],
    ['<b>bold <i>both</i></b>', ['bold both', ['bold', 0, 9], ['italic', 5, 4]]],
    ['😀<STRONG>x</STRONG>', ['😀x', ['bold', 2, 1]]],
    [
      '<a href="https://x.example/?a=1&amp;b=2">link</a>',
      ['link', ['text_link', 0, 4, 'https://x.example/?a=1&b=2']],
    ],
    ['<pre><code class="language-ts">let a</code></pre>', ['let a', ['pre', 0, 5, 'ts']]],
    ['<blockquote expandable>q</blockquote>', ['q', ['expandable_blockquote', 0, 1]]],
    [
      "<tg-spoiler>s</tg-spoiler><tg-emoji emoji-id='5'>e</tg-emoji>",
      ['se', ['spoiler', 0, 1], ['custom_emoji', 1, 1, '5']],
    ],
    ['<b></b>x', ['x']],
  ])('reads %s', (source, expected) => {
    expect(shown(parseHtml(source))).toEqual(expected);
  });

  it.each<[string, string]>([
    ['ä<p>x</p>', 'Unsupported start tag "p" at byte offset 2'],
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['a <b', 'Unclosed start tag at byte offset 2'],
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['<a href>x</a>', 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'],
    ['<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<a href="x', 'Unclosed start tag at byte offset 0'],
  ])('refuses %s', (source, reason) => {
    expect(refusal(() => parseHtml(source))).toBe(`Bad Request: can't parse entities: ${reason}`);
  });
});

describe('MarkdownV2 of Telegram', () => {
  it.each<[string, unknown[]]>([
    ['1\\. plain\\!', ['1. plain!']],
    ['*bold _both_*', ['bold both', ['bold', 0, 9], ['italic', 5, 4]]],
    ['😀__u__~s~||h||', ['😀ush', ['underline', 2, 1], ['strikethrough', 3, 1], ['spoiler', 4, 1]]],
    ['[a link](https://x.example/\\))', ['a link', ['text_link', 0, 6, 'https://x.example/)']]],
    ['`a*b` ```ts\nlet x```', ['a*b let x', ['code', 0, 3], ['pre', 4, 5, 'ts']]],
    ['![e](tg://emoji?id=5)', ['e', ['custom_emoji', 0, 1, '5']]],
    ['>one\n>two\nthree', ['one\ntwo\nthree', ['blockquote', 0, 7]]],
  ])('reads %s', (source, expected) => {
    expect(shown(parseMarkdown(source))).toEqual(expected);
  });

  it.each<[string, string]>([
    ['no.', "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ['a > b', "Character '>' is reserved and must be escaped with the preceding '\\'"],
    ['ä *x', "Can't find end of Bold entity at byte offset 3"],
    ['[a](b', "Can't find end of a URL at byte offset 4"],
  ])('refuses %s', (source, reason) => {
    expect(refusal(() => parseMarkdown(source))).toBe(`Bad Request: can't parse entities: ${reason}`);
  });
});

describe('text of a message', () => {
  const read = (source: string, entities?: JsonValue, parseMode = ''): FormattedText =>
    messageText({ source, parseMode, entities });

  it('counts UTF-16 units after parsing, and trims', () => {
    expect(read('x'.repeat(4096)).text).toHaveLength(4096);
    expect(read(`<b>${'x'.repeat(4094)}</b>😀`, undefined, 'HTML').text).toHaveLength(4096);
    expect(read(`  ${'x'.repeat(4096)}\n`).text).toHaveLength(4096);
    expect(refusal(() => read('x'.repeat(4097)))).toBe('Bad Request: message is too long');
    expect(refusal(() => read(`${'x'.repeat(4095)}😀`))).toBe('Bad Request: message is too long');
    expect(refusal(() => read(' \n '))).toBe('Bad Request: message text is empty');
    expect(refusal(() => read('x', undefined, 'BBCode'))).toBe('Bad Request: unsupported parse_mode');
  });

  it('counts a caption to 1024', () => {
    const caption = (source: string): FormattedText =>
      captionText({ source, parseMode: '', entities: undefined });
    expect(caption('x'.repeat(1024)).text).toHaveLength(1024);
    expect(caption('').text).toBe('');
    expect(refusal(() => caption('x'.repeat(1025)))).toBe('Bad Request: message caption is too long');
  });

  it('moves entities along when it trims', () => {
    const entities = [
      { type: 'bold', offset: 2, length: 4 },
      { type: 'italic', offset: 0, length: 2 },
    ];
    expect(shown(read('  bold ', entities))).toEqual(['bold', ['bold', 0, 4]]);
  });

  it.each<[JsonValue, string]>([
    [[{ type: 'bold', offset: 0, length: 4 }], 'ends after the end of the text at UTF-16 offset 4'],
    [[{ type: 'bold', offset: 0, length: 2 }], 'ends in a middle of a UTF-16 symbol at UTF-16 offset 2'],
    [[{ type: 'bold', offset: 2, length: 1 }], 'begins in a middle of a UTF-16 symbol at UTF-16 offset 2'],
    [[{ type: 'bold', offset: 0, length: 0 }], 'has no length'],
    [[{ type: 'bold', offset: -1, length: 1 }], 'has no length'],
    [[{ type: 'bold', offset: 0.5, length: 1 }], 'whole offset and length'],
    [[{ type: 'huge', offset: 0, length: 1 }], 'unknown MessageEntity type "huge"'],
    [[{ type: 'text_link', offset: 0, length: 1 }], 'a text_link needs a url'],
    ['bold', 'expected an Array'],
    [['bold'], 'expected an Object'],
  ])('refuses the entities %j', (entities, reason) => {
    const description = refusal(() => read('a😀', entities));
    expect(description).toMatch(/^Bad Request: can't parse entities: /);
    expect(description).toContain(reason);
  });

  it('takes entities up to the last unit', () => {
    const entities = [
      { type: 'text_link', offset: 1, length: 2, url: 'https://x.example' },
      { type: 'pre', offset: 0, length: 1, language: 'ts' },
    ];
    expect(shown(read('a😀', entities))).toEqual([
      'a😀',
      ['pre', 0, 1, 'ts'],
      ['text_link', 1, 2, 'https://x.example'],
    ]);
  });

  it('is shown with its formatting, and never with markup of the sender', () => {
    const text = parseHtml('<b>a <i>&lt;x&gt;</i></b> <a href="javascript:x">l</a>');
    expect(displayText(text)).toBe(
      '<b>a </b><b><i>&lt;x&gt;</i></b> <a href="https://javascript:x" rel="noreferrer">l</a>',
    );
  });
});
