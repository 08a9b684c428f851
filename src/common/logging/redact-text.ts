import { isSecretName, isSecretParameter } from './secret-names.js';

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** The start of a JSON member at any depth of quoting, up to its value. */
const MEMBER = /(?<!\\)(\\*["'])([\w.-]{1,64})\1\s*:\s*/g;
const BARE_VALUE = /-?\d[\d.eE+-]*/y;
/** A parameter of a query or a form. */
const PARAMETER = /(^|[?&;\s])([\w.[\]-]{1,64})=([^&\s"'<>]*)/g;
/** `password: x`, as printed objects and people write it. */
const LABELLED = /(?<![\w"'-])([\w.-]{1,64})(\s?[:=]\s*)("[^"]*"?|'[^']*'?|`[^`]*`?|[^\s,;"'`&}\])]+)/g;
/** A header as a line of text: everything to its end. */
const HEADER_LINE =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(\s*[:=]\s*)(?!\[redacted\])[^\r\n]+/gi;

const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b([Bb]earer|[Bb]asic|DPoP)\s+(?:(?=[a-z]*[^a-z\s])[\w.~+/-]{6,}=*|[a-z]{20,})/g, `$1 ${REDACTED}`],
  [/\bAUTH (PLAIN|LOGIN|XOAUTH2) \S+/gi, `AUTH $1 ${REDACTED}`],
  [/\bOAuth\s+[a-z_]+="[^\r\n]*/gi, `OAuth ${REDACTED}`],
  [/\bfan_[\w-]{6,}/g, `fan_${REDACTED}`],
  [/\bbot\d+(:|%3A)[\w-]+/gi, `bot${REDACTED}`],
  [/\b\d{6,12}:[\w-]{30,}/g, REDACTED],
  [/\beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/g, REDACTED],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>]*@/gi, `$1${REDACTED}@`],
];

/** A text with every secret in it replaced, whatever the text is: a URL, a header, JSON in JSON, a sentence. */
export function redactText(text: string): string {
  let result = redactMembers(text);
  result = result.replace(HEADER_LINE, `$1$2${REDACTED}`);
  for (const [shape, replacement] of SHAPES) result = result.replace(shape, replacement);
  result = result.replace(PARAMETER, (whole, before: string, name: string, value: string) =>
    value !== '' && isSecretParameter(name) ? `${before}${name}=${REDACTED}` : whole,
  );
  return result.replace(LABELLED, redactLabelled);
}

function redactMembers(text: string): string {
  const pieces: string[] = [];
  let done = 0;
  for (const match of text.matchAll(MEMBER)) {
    const [start, quote = '"', name = ''] = match;
    const at = match.index + start.length;
    if (match.index < done || !isSecretName(name)) continue;
    const end = endOfValue(text, at, quote);
    if (end === at) continue;
    pieces.push(text.slice(done, at), quote, REDACTED, quote);
    done = end;
  }
  return [...pieces, text.slice(done)].join('');
}

/** Behind the closing quote, which is escaped as often as the opening one; the end of the text when it is missing. */
function endOfValue(text: string, at: number, quote: string): number {
  if (!text.startsWith(quote, at)) {
    BARE_VALUE.lastIndex = at;
    return BARE_VALUE.test(text) ? BARE_VALUE.lastIndex : at;
  }
  let end = text.indexOf(quote, at + quote.length);
  while (end >= 0 && text[end - 1] === '\\') end = text.indexOf(quote, end + 1);
  return end < 0 ? text.length : end + quote.length;
}

/** After a colon "token" and the like are also ordinary words; there only what looks made by a machine is hidden. */
function redactLabelled(whole: string, name: string, colon: string, value: string): string {
  if (!isSecretName(name) || value.includes(REDACTED)) return whole;
  const sure = /[=]/.test(colon) || /^["'`]/.test(value) || /pass(word|wd|phrase)?$|secret$/i.test(name);
  return sure || value.length >= 12 ? `${name}${colon}${REDACTED}` : whole;
}
