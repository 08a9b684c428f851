/** What people see of a "little text", and what is wrong with it. */
export interface LittleText {
  readonly shown: string;
  /** The reserved character that was not escaped: the text is cut there. Null: all is well. */
  readonly cutAt: { readonly index: number; readonly character: string } | null;
}

const RESERVED = '|{}@[]()<>#\\*_~';
const HASHTAG_TEMPLATE = /^\{hashtag\|\\?#\|([^|{}]+)\}/u;
const MENTION = /^@\[((?:\\.|[^\]\\])+)\]\((urn:li:(?:person|organization):[^)\s]+)\)/u;
const PLAIN_HASHTAG = /^#[\p{L}\p{N}]/u;

/** The name of a member or organization, or undefined. */
export type NameOf = (urn: string) => string | undefined;

/** Reserved characters are escaped by a backslash; at one that is not, the text ends without a word. */
export function readLittleText(text: string, nameOf: NameOf): LittleText {
  let shown = '';
  let index = 0;
  while (index < text.length) {
    const rest = text.slice(index);
    const piece = pieceOf(rest, nameOf);
    if (piece === null) return { shown, cutAt: { index, character: rest.charAt(0) } };
    shown += piece.shown;
    index += piece.length;
  }
  return { shown, cutAt: null };
}

interface Piece {
  readonly shown: string;
  readonly length: number;
}

function pieceOf(rest: string, nameOf: NameOf): Piece | null {
  const [first = '', second = ''] = rest;
  if (first === '\\') return RESERVED.includes(second) && second !== '' ? { shown: second, length: 2 } : null;
  const template = HASHTAG_TEMPLATE.exec(rest);
  if (template !== null) return { shown: `#${template[1] ?? ''}`, length: template[0].length };
  const mention = MENTION.exec(rest);
  if (mention !== null) return mentioned(mention, nameOf);
  if (PLAIN_HASHTAG.test(rest)) return { shown: '#', length: 1 };
  return RESERVED.includes(first) ? null : { shown: first, length: first.length };
}

/** A name that is not the member's own stays plain text, without the address. */
function mentioned([whole, name = '', urn = '']: RegExpExecArray, nameOf: NameOf): Piece {
  const plain = name.replace(/\\(.)/g, '$1');
  const shown = nameOf(urn) === plain ? `@${plain}` : plain;
  return { shown, length: whole.length };
}
