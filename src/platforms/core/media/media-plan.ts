import type { MediaLimit } from '../capabilities.js';
import type { MediaFit } from './canvas.js';
import type { MediaFacts } from './media-facts.js';
import { type BrokenRule, brokenRules } from './media-rules.js';
import type { Recipe } from './recipe.js';

export interface PlanWish {
  readonly facts: MediaFacts;
  /** Of the post that the file is to stand in. */
  readonly limits: readonly MediaLimit[];
  /** What the target has chosen; null: nothing. */
  readonly fit: MediaFit | null;
}

/** What a rendition will be, as far as that can be told before it is made. */
export type PlannedFacts = Pick<
  MediaFacts,
  'kind' | 'mimeType' | 'bytes' | 'width' | 'height' | 'durationMs'
>;

/** How a file comes to a platform. */
export type MediaPlan =
  | { readonly as: 'original' }
  | {
      readonly as: 'rendition';
      readonly recipe: Recipe;
      /** `bytes` is a guess. */
      readonly planned: PlannedFacts;
      /** Why, for a person. Never empty. */
      readonly because: readonly string[];
    }
  | { readonly as: 'impossible'; readonly broken: readonly BrokenRule[] };

export const asItIs: MediaPlan = { as: 'original' };

export function impossible(broken: readonly BrokenRule[]): MediaPlan {
  return { as: 'impossible', broken };
}

export function cannotConvert(reason: string): BrokenRule {
  return {
    rule: 'media_cannot_be_converted',
    message: `The file would have to be converted, which is not possible here: ${reason}`,
    remedy: 'Convert it yourself, or give this target another file.',
  };
}

export const sizeUnknown = cannotConvert('how wide and high it is could not be read.');

/** So long a video has too few bits a second within so many bytes. */
export function tooLongForItsBytes({ bytes }: MediaFacts, { maxBytes }: MediaLimit): BrokenRule {
  return {
    rule: 'media_too_large',
    message: `At most ${maxBytes} bytes are taken, and so long a video cannot be made to fit into them.`,
    limit: maxBytes,
    actual: bytes,
    remedy: 'Shorten it.',
  };
}

/** Which shape it is to have, nobody has said. */
export function shapeUndecided(facts: MediaFacts, limit: MediaLimit): BrokenRule[] {
  const broken = brokenRules(facts, limit).filter(({ rule }) => rule === 'media_ratio');
  return broken.length > 0 ? broken : [sizeUnknown];
}

export const carriesMetadata =
  'It carries metadata, such as where it was taken and with what, that is nobody else’s business.';
