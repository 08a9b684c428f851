import {
  arrayAt,
  isJsonObject,
  numberAt,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '../core/json.js';
import { CODES, forbidden, invalid, refuse } from './tumblr.errors.js';

/** How blocks stand beside each other; throws where it does not fit to so many blocks. */
export function readLayout(value: JsonValue | undefined, blocks: number): JsonObject[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid('layout must be an array');
  const layouts = value.filter(isJsonObject);
  for (const layout of layouts) check(layout, blocks);
  return layouts;
}

function check(layout: JsonObject, blocks: number): void {
  const type = stringAt(layout, 'type');
  if (type === 'ask') throw refuse(400, CODES.answerLayout, 'This is not the answer to a question.');
  if (type !== 'rows') throw invalid('layout: only rows are known');
  const shown: number[] = [];
  for (const row of (arrayAt(layout, 'display') ?? []).filter(isJsonObject)) {
    // Carousels are not for ordinary accounts.
    if (stringAt(objectAt(row, 'mode') ?? {}, 'type') === 'carousel') throw forbidden();
    shown.push(...(arrayAt(row, 'blocks') ?? []).map(Number));
  }
  const within = (index: number): boolean => Number.isInteger(index) && index >= 0 && index < blocks;
  if (!shown.every(within)) throw invalid('layout: a block that is not there');
  if (new Set(shown).size < shown.length) throw invalid('layout: a block twice');
  const cut = numberAt(layout, 'truncate_after');
  if (cut !== undefined && !within(cut)) throw invalid('layout: truncate_after names no block');
}
