/**
 * LinkedIn's "little text": reserved characters are escaped, or the text ends there without a word. Mentions are written as
 * `@[Exact Name](urn:li:organization:1)`; hashtags become live as a template.
 */

/** A mention, or a hashtag that begins a word, or a reserved character. */
const marks =
  /@\[([^[\]()]+)\]\((urn:li:(?:organization|person):[\w-]+)\)|(?<![\p{L}\p{N}_&/#])#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)|[\\|{}@[\]()<>#*_~]/gu;
const reserved = /[\\|{}@[\]()<>#*_~]/g;

/** As it is sent. Limits are counted before. */
export function toLittleText(text: string): string {
  return text.replace(marks, (found: string, name?: string, urn?: string, tag?: string) => {
    if (name !== undefined && urn !== undefined) return `@[${escaped(name)}](${urn})`;
    if (tag === undefined) return `\\${found}`;
    // The template does not say how a word with a reserved character is written; a plain one may have it escaped.
    return tag.includes('_') ? `#${escaped(tag)}` : `{hashtag|\\#|${tag}}`;
  });
}

/** As people see it: what a text that was sent, and one that was read, are compared by. */
export function plainOf(littleText: string): string {
  return littleText
    .replace(/\{hashtag\|\\#\|([^|{}]*)\}/gu, '#$1')
    .replace(/@\[((?:\\.|[^\\\]])*)\]\([^)]*\)/gu, '$1')
    .replace(/\\(.)/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
}

function escaped(text: string): string {
  return text.replace(reserved, String.raw`\$&`);
}
