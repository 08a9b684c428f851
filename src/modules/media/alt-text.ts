import { ValidationFailedError } from '../../common/errors/index.js';

/** UTF-16 units; more than any platform takes. */
export const maxAltText = 5000;

export function checkAltText(altText: string | null): string | null {
  if (altText === null) return null;
  const storable = !altText.includes('\u0000') && !/\p{Surrogate}/u.test(altText);
  if (storable && altText.length <= maxAltText) return altText;
  throw new ValidationFailedError([
    {
      pointer: '/altText',
      rule: storable ? 'alt_text_too_long' : 'text_invalid',
      message: storable
        ? `The alternative text may have at most ${maxAltText} characters.`
        : 'The alternative text holds characters that are no text.',
      ...(storable ? { limit: maxAltText, actual: altText.length } : {}),
      remedy: storable ? 'Shorten it.' : 'Remove U+0000 and halves of surrogate pairs.',
    },
  ]);
}
