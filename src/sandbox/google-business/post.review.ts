import type { Draft } from './local.post.js';

/** Written as people write numbers to be called: with a country code, or in groups. A long number alone is none. */
const PHONE =
  /(?<![\w/])(?:\+\d{1,3}[ ./-]?\(?\d{2,5}\)?(?:[ ./-]?\d{2,4}){2,4}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?!\w)/;

/** What the review does not let pass. */
export function mentionsPhone({ summary }: Draft): boolean {
  return PHONE.test(summary ?? '');
}
