import sharp from 'sharp';
import type { Draft } from '../profile.js';
import { image, type Sample } from '../samples.js';

/** A board that all accounts of the tests share, so that drafts can name it. */
export const boardId = '1022106077901230001';
export const sectionId = '5195035916725150001';

export const boards = [{ id: boardId, name: 'Recipes', sections: [{ id: sectionId, name: 'Soups' }] }];

/** On that board. */
export function pinned(draft: Draft): Draft {
  return { ...draft, settings: { boardId, ...draft.settings } };
}

export function plain(text: string): Draft {
  return pinned({ text, media: [image()] });
}

/** Of another size than the usual picture. */
export async function wideImage(): Promise<Sample> {
  const create = { width: 96, height: 48, channels: 3, background: 'teal' } as const;
  return {
    kind: 'image',
    bytes: await sharp({ create }).png().toBuffer(),
    fileName: 'wide.png',
    altText: null,
  };
}
