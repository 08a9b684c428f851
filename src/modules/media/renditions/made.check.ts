import { describeRecipe, type Recipe } from '../../../platforms/core/index.js';
import type { Probed } from '../probe/media.probe.js';
import { RenditionImpossibleError } from './rendition.js';

type Made = Omit<Probed, 'preview'> & { readonly bytes: number };

/** Whether what came out is what the recipe asks for. Throws RenditionImpossibleError. */
export function assertMade(made: Made, recipe: Recipe): void {
  const wrong = problemOf(made, recipe);
  if (wrong === null) return;
  throw new RenditionImpossibleError(
    `What came out is not what was asked for (${wrong}): ${describeRecipe(recipe).join(' ')}`,
  );
}

function problemOf(made: Made, recipe: Recipe): string | null {
  if (made.details.metadata === true) return 'it still carries metadata';
  switch (recipe.make) {
    case 'clean':
      return made.mimeType === recipe.mimeType ? null : `it is ${made.mimeType}`;
    case 'image':
      if (!recipe.types.some((type) => type === made.mimeType)) return `it is ${made.mimeType}`;
      if (made.bytes > recipe.maxBytes) return `it has ${made.bytes} bytes`;
      return isWithin(made, recipe.canvas) ? null : `it is ${made.width ?? 0} × ${made.height ?? 0}`;
    case 'video':
      if (made.mimeType !== recipe.mimeType) return `it is ${made.mimeType}`;
      if (made.bytes > recipe.maxBytes) return `it has ${made.bytes} bytes`;
      if (made.details.fastStart === false) return 'its index is at its end';
      if (recipe.picture === null) return null;
      return isWithin(made, recipe.picture.canvas) ? null : `it is ${made.width ?? 0} × ${made.height ?? 0}`;
  }
}

function isWithin({ width, height }: Made, canvas: { width: number; height: number }): boolean {
  return (width ?? 0) <= canvas.width && (height ?? 0) <= canvas.height;
}
