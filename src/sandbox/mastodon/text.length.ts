export const URL_LENGTH = 23;

/** A link, without the punctuation that ends a sentence. */
export const URL_PATTERN = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}]/g;
const REMOTE_MENTION = /(^|[^/\w])(@[a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)@[\p{L}\p{N}.-]+[\p{L}\p{N}]/giu;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters as the instance counts them: graphemes, 23 for every link, the local part only of a remote mention. */
export function lengthOf(text: string): number {
  const shortened = text.replace(URL_PATTERN, 'x'.repeat(URL_LENGTH)).replace(REMOTE_MENTION, '$1$2');
  return [...segmenter.segment(shortened)].length;
}
