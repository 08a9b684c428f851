import { type DroppablePart, droppableParts } from '../../platforms/core/index.js';

/** For people. */
export const partNames: Readonly<Record<DroppablePart, string>> = {
  link_card: 'The link card',
  first_comment: 'The first comment',
  alt_text: 'The alternative text',
};

/** Code of the warning that a part was left out, as the post allows. */
export function droppedCode(part: DroppablePart): string {
  return `${part}_dropped`;
}

export const droppedCodes: readonly string[] = droppableParts.map(droppedCode);
