import type { TextLimit, TextUnit } from './capabilities.js';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Length in the unit that a platform counts in. */
export function measureText(text: string, unit: TextUnit): number {
  switch (unit) {
    case 'graphemes':
      return countGraphemes(text);
    case 'utf8_bytes':
      return Buffer.byteLength(text, 'utf8');
    case 'utf16_units':
      return text.length;
  }
}

/** User-perceived characters (UAX #29 extended grapheme clusters). */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const segment of segmenter.segment(text)) if (segment.segment !== '') count += 1;
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
