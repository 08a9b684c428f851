import twitterText from 'twitter-text';
import type { TextLimit } from './capabilities.js';

/**
 * How platforms count. `code_points`: Unicode characters. `emoji_bytes`: code points, but an emoji with everything that
 * belongs to it counts as its bytes in UTF-8 (Meta's Threads). `weighted`: twitter-text's, where many scripts count double,
 * an emoji 2 and an address 23.
 */
export const textUnits = [
  'graphemes',
  'utf8_bytes',
  'utf16_units',
  'code_points',
  'emoji_bytes',
  'weighted',
] as const;
export type TextUnit = (typeof textUnits)[number];

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** UTF-16 units that are segmented at once: the time that the segmenter takes grows with the square of its text. */
const windowUnits = 256;

/** Length in the unit that a platform counts in. */
export function measureText(text: string, unit: TextUnit): number {
  switch (unit) {
    case 'graphemes':
      return countGraphemes(text);
    case 'utf8_bytes':
      return Buffer.byteLength(text, 'utf8');
    case 'utf16_units':
      return text.length;
    case 'code_points':
      return countCodePoints(text);
    case 'emoji_bytes':
      return countEmojiAsBytes(text);
    case 'weighted':
      return twitterText.parseTweet(text).weightedLength;
  }
}

export function countCodePoints(text: string): number {
  let count = 0;
  for (const character of text) if (character !== '') count += 1;
  return count;
}

/** A digit or `#` is an emoji in Unicode's tables; it looks like one only with a keycap or selector behind it. */
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\uFE0F|\u20E3/u;

function countEmojiAsBytes(text: string): number {
  let count = 0;
  for (const grapheme of graphemes(text)) {
    count += emoji.test(grapheme) ? Buffer.byteLength(grapheme, 'utf8') : countCodePoints(grapheme);
  }
  return count;
}

/** User-perceived characters (UAX #29 extended grapheme clusters), one after the other. */
export function* graphemes(text: string): Generator<string, void, undefined> {
  let start = 0;
  let units = windowUnits;
  while (start < text.length) {
    const end = windowEnd(text, start + units);
    const found = Array.from(segmenter.segment(text.slice(start, end)), ({ segment }) => segment);
    // The last one may go on behind the window; every border before it holds, and segmenting may begin anew there.
    if (end < text.length) found.pop();
    yield* found;
    start += found.reduce((sum, segment) => sum + segment.length, 0);
    units = found.length === 0 ? units * 2 : windowUnits;
  }
}

/** Never between the halves of a surrogate pair. */
function windowEnd(text: string, wanted: number): number {
  const last = text.charCodeAt(wanted - 1);
  return Math.min(text.length, last >= 0xd800 && last <= 0xdbff ? wanted + 1 : wanted);
}

/** How many user-perceived characters there are. */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const grapheme of graphemes(text)) if (grapheme !== '') count += 1;
  return count;
}

/** The limits that the text breaks, each with the length it has. */
export function brokenTextLimits(
  text: string,
  limits: readonly TextLimit[],
): { limit: TextLimit; actual: number }[] {
  return limits
    .map((limit) => ({ limit, actual: measureText(text, limit.unit) }))
    .filter(({ limit, actual }) => actual > limit.max);
}
